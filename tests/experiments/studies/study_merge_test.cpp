// SPDX-License-Identifier: MIT
// What is made of the cases of a study, whoever has run them.
#include <fmt/chrono.h>

#include <catch2/catch.hpp>

#include "case_calls.hpp"
#include "records/directory_lock.hpp"

using namespace steq;
using namespace steq::testing;
namespace fs = std::filesystem;
using Catch::Contains;
using Catch::StartsWith;

TEST_CASE("cases merged are bit for bit the study run at once", "[program][cases]") {
  for (const Json& study : {tiny_study(), tiny_chain(), study_with_divergence()}) {
    const TwoPlaces places(study);
    const std::string said = places.whole.good(words_of({}));
    const std::size_t count = places.parts.good_json({"reproduce", "s.json", "--list-cases", "--json"}).size();
    for (std::size_t i = count; i-- > 0;) {
      const int code = places.parts.steq(one_case(static_cast<int>(i))).code;
      CHECK((code == 0 || code == 4));
    }
    CHECK(places.parts.good(kMerge) == said);
    CHECK(results_in(places.parts) == results_in(places.whole));
  }
}

TEST_CASE("a merge takes what is there and names the rest", "[program][cases]") {
  const Playground playground;
  Json study = tiny_study();
  study["expect"] = {{{"value", "rate-0.1: q-hat / copy: different_levels"}, {"at_most", 0.0}}};
  playground.write_json("s.json", study);
  playground.good(one_case(1));
  playground.write_json("out/small/runs/rate-0.2-seed-1.partial/config.json", testing::tiny());
  const Outcome merge = playground.steq(kMerge);
  CHECK(merge.code == 1);
  CHECK(merge.err ==
        "steq: case 0, rate-0.1-seed-1, is missing\n"
        "steq: case 2, rate-0.2-seed-1, failed or was cut off before its first checkpoint\n"
        "steq: case 3, rate-0.2-seed-2, is missing\n"
        "steq: 3 of 4 cases are not in the tables: 0,2-3; --case I makes one\n");
  const Json made = playground.json("out/small/study.json");
  CHECK(made["status"] == "interrupted");
  CHECK(made["runs"].size() == 1);
  CHECK(made["expectations"].empty());
  CHECK_FALSE(fs::exists(playground.path() / "out/small/runs/rate-0.1-seed-1"));
  for (const int index : {0, 2, 3}) playground.good(one_case(index));
  playground.good(kMerge);
  CHECK(playground.json("out/small/study.json")["status"] == "complete");
  CHECK(playground.json("out/small/study.json")["expectations"].size() == 1);
}

TEST_CASE("a case that is stopped is named by the merge, and goes on", "[program][cases]") {
  const TwoPlaces places(tiny_study());
  const Words words = one_case(3, {"--set", "steps=2000"});
  const std::string run = "out/small/runs/rate-0.2-seed-2";
  Process process(places.parts.path(), Playground::command(words));
  process.wait_for(places.parts.path() / (run + ".partial") / "checkpoint");
  const Words merge = words_of({"--merge", "--set", "steps=2000"});
  CHECK_THAT(places.parts.steq(merge).err, Contains("case 3, rate-0.2-seed-2, is under way ("));
  process.send(SIGTERM);
  const Outcome stopped = process.wait();
  if (stopped.code == 0) return;  // it was faster
  CHECK(stopped.code == 130);
  CHECK_THAT(stopped.err, Contains("case 3, rate-0.2-seed-2, was interrupted; the same command goes on from out/"));
  CHECK_THAT(places.parts.steq(merge).err, Contains("case 3, rate-0.2-seed-2, was stopped; its checkpoint is there"));
  places.parts.good(words);
  places.whole.good(words);
  CHECK(places.parts.read(run + "/logs.h5") == places.whole.read(run + "/logs.h5"));
}

TEST_CASE("one process at a time merges a study", "[program][cases]") {
  const Playground playground;
  playground.write_json("s.json", tiny_study());
  for (int i = 0; i < 4; ++i) playground.good(one_case(i));
  playground.good(kMerge);
  const fs::path study = playground.path() / "out/small";
  fs::remove(study / "study.json");
  {
    const DirectoryLock lock(study, study / "study.lock");
    CHECK(playground.steq(kMerge).code == 75);
    CHECK_FALSE(fs::exists(study / "study.json"));
  }
  playground.good(kMerge);
  CHECK_FALSE(fs::exists(study / "study.lock"));
}

TEST_CASE("cases of another config, build or file are not merged", "[program][cases]") {
  const Playground playground;
  testing::write_digits(playground, "mine", 60, 20);
  Json study = tiny_study();
  study["base"]["data"] = {{"dataset", "idx"}, {"path", "mine"}};
  playground.write_json("s.json", study);
  for (int i = 0; i < 4; ++i) playground.good(one_case(i));
  const auto refused = [&](const Words& words, const std::string& problem) {
    Words all = words_of({"--merge"});
    all.insert(all.end(), words.begin(), words.end());
    const Tree before = playground.tree();
    const Outcome outcome = playground.steq(all);
    CHECK(outcome.code == 2);
    CHECK_THAT(outcome.err, StartsWith("steq: out/small/runs/") && Contains(problem));
    CHECK(playground.tree() == before);
  };
  refused({"--set", "batch_size=10"}, "rate-0.1-seed-1: holds another run (batch_size: 20, not 10)");
  const std::string file = "out/small/runs/rate-0.2-seed-1/manifest.json";
  const Json manifest = playground.json(file);
  Json other = manifest;
  other["git_commit"] = "another";
  playground.write_json(file, other);
  refused({}, "rate-0.2-seed-1: was made otherwise than cases before it (build git_commit: \"another\", not ");
  other = manifest;
  other["data"][2]["sha256"] = "0";
  playground.write_json(file, other);
  refused({},
          "rate-0.2-seed-1: was made otherwise than cases before it (data t10k-images-idx3-ubyte: SHA-256 \"0\", not ");
  CHECK_FALSE(fs::exists(playground.path() / "out/small/study.json"));
  playground.good(one_case(2, {"--force"}));
  playground.good(kMerge);
}

TEST_CASE("choices that are none are one message", "[program][cases]") {
  const Playground playground;
  playground.write_json("s.json", tiny_study());
  const auto refused = [&](const Words& words, const std::string& problem) {
    playground.refused(words_of(words), 2, {problem});
  };
  refused({"--case", "4"}, "--case: 4 is not allowed; allowed: an integer in [0, 3], as --list-cases has them");
  refused({"--case", "-1"}, "--case: -1 is not allowed; allowed: an integer in [0, ");
  refused({"--case", "one"}, "--case: \"one\" is not allowed");
  for (const char* shard : {"3/2", "2/2", "1", "/2", "1/", "-1/2", "0/0", "1/2/3", "1.0/2", "a/b"})
    refused({"--shard", shard},
            fmt::format("--shard: \"{}\" is not allowed; allowed: I/N, integers with 0 <= I < N", shard));
  refused({"--case", "0", "--shard", "0/2"}, "--case excludes --shard");
  refused({"--merge", "--list-cases"}, "--list-cases excludes --merge");
  refused({"--merge", "--force"}, "--");
  refused({"--json"}, "--json requires --list-cases");
  playground.write("out/small/letter.txt", "mine");
  refused({"--case", "0"}, "out/small: exists and is no study");
  refused({"--merge"}, "out/small: exists and is no study");
  playground.refused({"reproduce", "orders", "--list-cases"}, 2, {"orders: is no study; allowed: all, claims, "});
  CHECK_THAT(playground.steq({"reproduce", "orders", "--case", "0"}).err,
             Contains("it is one experiment: steq run orders"));
}
