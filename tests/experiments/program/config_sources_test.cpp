// SPDX-License-Identifier: MIT
// Where a config may come from.
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "tiny.hpp"

using namespace steq;
using Catch::Contains;
using testing::Outcome;
using testing::Playground;
using testing::tiny;

namespace {

Outcome ended(const Playground& playground, const std::string& line) {
  const Outcome outcome = playground.shell(line);
  CAPTURE(line, outcome.err);
  CHECK(outcome.code == 0);
  return outcome;
}

}  // namespace

TEST_CASE("a config comes from standard input, a pipe or a FIFO as from a file", "[program]") {
  const Playground playground;
  playground.write_json("c.json", tiny());
  playground.good({"run", "c.json", "--out", "file", "--quiet"});
  const std::string run = "\"$0\" run --quiet ";
  ended(playground, run + "- --out dash < c.json");
  ended(playground, "/bin/cat c.json | " + run + "- --out pipe");
  ended(playground, "/bin/cat c.json | " + run + "/dev/stdin --out device");
  REQUIRE(::mkfifo(playground.file("fifo").c_str(), 0600) == 0);
  ended(playground, "/bin/cat c.json > fifo & " + run + "fifo --out fifo-run");
  const std::string bits = playground.read("file/weights/ste-final.safetensors");
  for (const std::string out : {"dash", "pipe", "device", "fifo-run"})
    CHECK(playground.read(out + "/weights/ste-final.safetensors") == bits);
}

TEST_CASE("a study comes from standard input too", "[program]") {
  const Playground playground;
  Json study{{"kind", "study"}, {"name", "s"}, {"seeds", {1}}, {"variants", {{{"name", "v"}, {"base", tiny()}}}}};
  playground.write_json("s.json", study);
  ended(playground, "/bin/cat s.json | \"$0\" reproduce - --out studies --quiet");
  CHECK(playground.json("studies/s/study.json")["status"] == "complete");
}

TEST_CASE("what is wrong with a config from standard input is told of standard input", "[program]") {
  const Playground playground;
  const auto said = [&](const std::string& text) {
    const Outcome outcome = playground.shell("printf '" + text + "' | \"$0\" run -");
    CHECK(outcome.code == 2);
    return outcome.err;
  };
  CHECK_THAT(said("{"), Catch::StartsWith("steq: standard input: line 1"));
  CHECK_THAT(said("[]"), Catch::StartsWith("steq: standard input: [] is not allowed; allowed: an object"));
  CHECK_THAT(said("{\"kind\": \"study\"}"), Contains("is a study; allowed: steq reproduce -"));
}

TEST_CASE("what follows a NUL byte is not passed over", "[program]") {
  const Playground playground;
  const std::string good = tiny().dump(2);
  playground.write("c.json", good + std::string("\0 {{{ garbage", 13));
  playground.refused({"run", "c.json"}, 2, {"c.json: line "});
  CHECK_THAT(playground.steq({"run", "c.json"}).err, Contains("NUL byte"));
}
