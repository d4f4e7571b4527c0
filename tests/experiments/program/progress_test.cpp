// SPDX-License-Identifier: MIT
#include <pty.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <optional>

#include "tiny.hpp"

using namespace steq;
using testing::Playground;
using testing::Process;
using testing::tiny;

namespace {

/// What the program shows on a terminal of that width.
std::string shown(const Playground& playground, const testing::Words& arguments, unsigned short columns = 80) {
  int master = -1, slave = -1;
  const winsize size{.ws_row = 24, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
  REQUIRE(::openpty(&master, &slave, nullptr, nullptr, &size) == 0);
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

/// A variable of the environment for as long as this lives.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    ::setenv(name, value, 1);
  }
  ~Variable() {
    if (before_)
      ::setenv(name_, before_->c_str(), 1);
    else
      ::unsetenv(name_);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

}  // namespace

TEST_CASE("the progress bar is for terminals that want it", "[program]") {
  const Playground playground;
  playground.write_json("c.json", tiny());
  {
    const Variable terminal("TERM", "xterm");
    const std::string bar = shown(playground, {"run", "c.json", "--out", "a"});
    CHECK_THAT(bar, Catch::Contains("tiny [====") && Catch::Contains("10/10 loss ") && Catch::EndsWith("\r\x1b[K"));
    CHECK_THAT(shown(playground, {"run", "c.json", "--out", "b"}, 20), !Catch::Contains("loss"));
    CHECK(shown(playground, {"run", "c.json", "--out", "c", "--quiet"}).empty());
  }
  const Variable terminal("TERM", "dumb");
  const std::string plain = shown(playground, {"run", "c.json", "--out", "d"});
  CHECK_THAT(plain, Catch::StartsWith("tiny: 10 steps, 3 learners") && !Catch::Contains("\x1b"));
}

TEST_CASE("a log file begins with what is going to be done", "[program]") {
  const Playground playground;
  playground.write_json("c.json", tiny());
  const testing::Outcome outcome = playground.steq({"run", "c.json", "--out", "a", "--threads", "1"});
  CHECK(outcome.code == 0);
  CHECK(outcome.err == "tiny: 10 steps, 3 learners, 1 thread, in " + playground.file("a") + "\n");
}
