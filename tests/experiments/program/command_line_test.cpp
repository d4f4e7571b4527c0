// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "program.hpp"

using namespace steq;
using Catch::Contains;
using testing::Outcome;
using testing::Playground;

TEST_CASE("help is there for the program and for every command", "[program]") {
  const Playground playground;
  CHECK_THAT(playground.good({"--help"}), Contains("run") && Contains("describe") && Contains("equiv"));
  CHECK_THAT(playground.good({"run", "--help"}), Contains("--out") && Contains("--set") && Contains("--seed") &&
                                                     Contains("--threads") && Contains("--force") &&
                                                     Contains("--quiet"));
  CHECK_THAT(playground.good({"describe", "-h"}), Contains("estimators") && Contains("--json"));
  CHECK_THAT(playground.good({"equiv", "--help"}), Contains("--estimator") && Contains("--map") && Contains("--json"));
  CHECK(playground.tree().empty());
}

TEST_CASE("the version is a number", "[program]") {
  const std::string version = Playground().good({"--version"});
  CHECK(version.find_first_not_of("0123456789.\n") == std::string::npos);
  CHECK(version.size() >= 6);
}

TEST_CASE("unknown commands and options are refused with a suggestion", "[program]") {
  const Playground playground;
  playground.refused({}, 2, {"A subcommand is required; see --help"});
  playground.refused({"frobnicate"}, 2, {"unknown command \"frobnicate\"; allowed: run, describe, equiv"});
  playground.refused({"equvi"}, 2, {"unknown command \"equvi\"; allowed: run, describe, equiv"});
  CHECK_THAT(playground.steq({"equvi"}).err, Contains("did you mean \"equiv\"?"));
  playground.refused({"run"}, 2, {"config is required"});
  playground.refused({"run", "quickstart", "--thread", "2"}, 2,
                     {"unknown option \"--thread\"; allowed: --help, --out"});
  CHECK_THAT(playground.steq({"run", "quickstart", "--thread", "2"}).err, Contains("did you mean \"--threads\"?"));
  playground.refused({"run", "quickstart", "mnist-sgd"}, 2, {"\"mnist-sgd\" is one argument too many"});
  playground.refused({"describe", "models", "--jsno"}, 2, {"unknown option \"--jsno\"; allowed: --help, --json"});
}

TEST_CASE("values of options are checked", "[program]") {
  const Playground playground;
  const auto run = [&](const std::string& option, const std::string& value, const std::string& problem) {
    playground.refused({"run", "quickstart", option, value}, 2, {problem});
  };
  run("--threads", "0", "--threads: 0 is not allowed; allowed: an integer in [1, 1024]");
  run("--threads", "two", "--threads: \"two\" is not allowed; allowed: an integer in [1, 1024]");
  run("--threads", "1.5", "--threads: 1.5 is not allowed; allowed: an integer in [1, 1024]");
  run("--seed", "x", "--seed: \"x\" is not allowed; allowed: an integer");
  run("--seed", "-1", "quickstart: seed: -1 is not allowed; allowed: an integer in [0, ");
  run("--out", "", "--out: \"\" is not allowed; allowed: the name of a file or directory");
  run("--set", "steps", "--set steps: there is no =; allowed: PATH=VALUE");
  run("--set", "=1", "--set =1: a part of the path is empty; allowed: PATH=VALUE");
}

TEST_CASE("a config that is neither file nor preset is refused with a suggestion", "[program]") {
  const Playground playground;
  playground.refused({"run", "quickstrat"}, 2, {"quickstrat: neither a file nor a preset; presets: "});
  CHECK_THAT(playground.steq({"run", "quickstrat"}).err, Contains("did you mean \"quickstart\"?"));
  playground.refused({"run", "."}, 2, {".: neither a file nor a preset"});
  const std::string endless(300, 'x');
  playground.refused({"run", endless}, 2, {endless + ": neither a file nor a preset"});
}

TEST_CASE("results that cannot be printed are an input/output error", "[program]") {
  for (const char* call : {"describe", "equiv --estimator dsq --quantizer uniform", "--help"}) {
    const Outcome outcome = Playground().shell("exec \"$0\" " + std::string(call) + " > /dev/full");
    CHECK(outcome.code == 3);
    CHECK(outcome.err == "steq: standard output: No space left on device\n");
  }
}
