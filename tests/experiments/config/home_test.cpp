// SPDX-License-Identifier: MIT
#include "experiments/config/home.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

using namespace steq;

TEST_CASE("a tilde at the beginning is the home directory", "[home]") {
  const char* home = std::getenv("HOME");
  REQUIRE(home);
  CHECK(with_home("~") == home);
  CHECK(with_home("~/data") == std::string(home) + "/data");
  for (const char* path : {"~other/data", "a/~/b", "data", "", "./~"}) CHECK(with_home(path) == path);
}
