// SPDX-License-Identifier: MIT
#include <pty.h>

#include <catch2/catch.hpp>

#include "tiny.hpp"

using namespace steq;
using testing::Playground;
using testing::Process;
using testing::tiny;

namespace {

/// What the program shows on a terminal.
std::string shown(const Playground& playground, const testing::Words& arguments) {
  int master = -1, slave = -1;
  REQUIRE(::openpty(&master, &slave, nullptr, nullptr, nullptr) == 0);
  Process process(playground.path(), Playground::command(arguments), false, slave);
  CHECK(process.wait().code == 0);
  ::close(slave);
  std::string text;
  char buffer[4096];
  for (ssize_t n = 0; (n = ::read(master, buffer, sizeof buffer)) > 0;)
    text.append(buffer, static_cast<std::size_t>(n));
  ::close(master);
  return text;
}

}  // namespace

TEST_CASE("the progress bar is for terminals that want it", "[program]") {
  const Playground playground;
  playground.write_json("c.json", tiny());
  const std::string bar = shown(playground, {"run", "c.json", "--out", "a"});
  CHECK_THAT(bar, Catch::Contains("tiny [====") && Catch::Contains("10/10 loss ") && Catch::EndsWith("\r\x1b[K"));
  CHECK(shown(playground, {"run", "c.json", "--out", "b", "--quiet"}).empty());
  playground.good({"run", "c.json", "--out", "c"});  // checks that standard error stays empty
}
