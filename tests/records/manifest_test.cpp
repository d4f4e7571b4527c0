// SPDX-License-Identifier: MIT
#include "records/manifest.hpp"

#include <catch2/catch.hpp>

#include "records/build_info.hpp"
#include "sim/core/errors.hpp"
#include "sim/nn/kernels/kernels.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using testing::put;

TEST_CASE("The manifest lists data and results with their hashes, and not itself") {
  const testing::TemporaryDirectory directory;
  put(directory.file("data"), "abc");
  std::filesystem::create_directories(directory.path() / "run" / "weights");
  put(directory.path() / "run" / "weights" / "b", "");
  put(directory.path() / "run" / "a", "abc");
  put(directory.path() / "run" / "manifest.json", "old");
  const Json json = manifest(
      {.seed = 7, .threads = 2, .data = hashes({directory.file("data")}), .results = directory.path() / "run"});
  const std::string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  CHECK(json["seed"] == 7);
  CHECK(json["threads"] == 2);
  CHECK(json["data"] == Json::array({{{"file", directory.file("data")}, {"bytes", 3}, {"sha256", abc}}}));
  REQUIRE(json["results"].size() == 2);
  CHECK(json["results"][0] == Json{{"file", "a"}, {"bytes", 3}, {"sha256", abc}});
  CHECK(json["results"][1]["file"] == "weights/b");
  CHECK(json["results"][1]["bytes"] == 0);
}

TEST_CASE("The manifest says what the program was built from") {
  const testing::TemporaryDirectory directory;
  const Json json = manifest({.seed = 1, .threads = 1, .results = directory.path()});
  for (const char* key : {"steq", "git_commit", "compiler", "flags", "instruction_set", "kernels"})
    CHECK_FALSE(json.at(key).get<std::string>().empty());
  CHECK(json["kernels"] == kernel_library(true));
  CHECK(json["flags"].get<std::string>().find("-ffp-contract=off") != std::string::npos);
  CHECK(json["compiler"].get<std::string>().find(__VERSION__) != std::string::npos);
}

TEST_CASE("The git commit is one, or unknown") {
  std::string commit = build_info().git_commit;
  if (commit.ends_with("-dirty")) commit.resize(commit.size() - 6);
  const bool hash = commit.size() == 40 && commit.find_first_not_of("0123456789abcdef") == std::string::npos;
  CHECK((hash || commit == "unknown"));
}

TEST_CASE("A data file that is gone is an IoError") {
  const testing::TemporaryDirectory directory;
  CHECK_THROWS_AS(hashes({directory.file("none")}), IoError);
}

TEST_CASE("a result passes unless its bytes are not those of the manifest") {
  const testing::TemporaryDirectory directory;
  const auto refusal = [&](const Json& manifest) {
    return testing::message<InputError>([&] { check_hash(manifest, directory.path(), "logs.h5"); });
  };
  put(directory.file("logs.h5"), "one");
  const Json made = manifest({.seed = 1, .threads = 1, .results = directory.path()});
  check_hash(made, directory.path(), "logs.h5");
  put(directory.file("logs.h5"), "two");
  CHECK_THAT(refusal(made),
             Catch::Contains("logs.h5: damaged or changed: its SHA-256 is not the one in manifest.json"));
  for (const char* text :
       {"null", "{}", R"({"results": []})", R"({"results": [{"file": "summary.json", "sha256": "0"}]})",
        R"({"results": [{"sha256": "0"}, {"file": "logs.h5"}]})"})
    check_hash(Json::parse(text), directory.path(), "logs.h5");
}
