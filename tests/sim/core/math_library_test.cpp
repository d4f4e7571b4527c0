// SPDX-License-Identifier: MIT
#include "sim/core/math_library.hpp"

#include <catch2/catch.hpp>

using namespace steq;

TEST_CASE("The C library is named, with a digest that is the same every time", "[math library]") {
  const std::string text = math_library();
  CHECK_THAT(text, Catch::Contains(", results "));
  CHECK(text.substr(text.rfind(' ') + 1).size() == 16);
  CHECK(math_library() == text);
}
