// SPDX-License-Identifier: MIT
// A study case by case, as engines that run many jobs see it.
#include <fmt/chrono.h>

#include <catch2/catch.hpp>

#include "records/directory_lock.hpp"
#include "tiny_chain.hpp"

using namespace steq;
namespace fs = std::filesystem;
using Catch::Contains;
using Catch::StartsWith;
using testing::Outcome;
using testing::Playground;
using testing::Process;
using testing::tiny_chain;
using testing::tiny_study;
using testing::Tree;
using testing::Words;

namespace {

/// Two directories in which the same study is run: at once in one, case by case in the other.
struct TwoPlaces {
  Playground whole, parts;

  explicit TwoPlaces(const Json& study) {
    whole.write_json("s.json", study);
    parts.write_json("s.json", study);
  }
};

Words words_of(const Words& more, const std::string& study = "s.json") {
  Words words{"reproduce", study, "--quiet", "--threads", "1", "--out", "out"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

Words one_case(int index, const Words& more = {}) {
  Words words = words_of({"--case", std::to_string(index)});
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

const Words kMerge = words_of({"--merge"});

/// Everything but the number of threads and the like, which manifests hold.
Tree results_in(const Playground& playground) { return testing::tree_of(playground.path() / "out"); }

Json study_with_divergence() {
  Json study = tiny_study();
  study["variants"][0]["vary"]["optimizer.learning_rate"] = {0.1, 1e38, 0.2};
  study["figure"] = nullptr;
  return study;
}

}  // namespace

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

TEST_CASE("a case writes nothing but its own directory", "[program][cases]") {
  const Playground playground;
  playground.write_json("s.json", tiny_study());
  CHECK_THAT(playground.good(one_case(2)),
             StartsWith("case 2, rate-0.2-seed-1, is complete: out/small/runs/rate-0.2-"));
  for (const auto& [name, content] : playground.tree())
    if (name.starts_with("out/small/"))
      CHECK((name == "out/small/runs" || name.starts_with("out/small/runs/rate-0.2-seed-1")));
}

TEST_CASE("the list says what there is, for people, shells and programs", "[program][cases]") {
  const Playground playground;
  playground.write_json("s.json", tiny_study());
  const Tree before = playground.tree();
  const Json list = playground.good_json({"reproduce", "s.json", "--list-cases", "--json"});
  REQUIRE(list.size() == 4);
  const auto lines = testing::lines_of(playground.good({"reproduce", "s.json", "--list-cases"}));
  REQUIRE(lines.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(list[i]["index"] == i);
    CHECK(lines[i] == fmt::format("{}\t{}\t{}\t{}\tsmall", i, list[i]["name"].get<std::string>(),
                                  list[i]["config_hash"].get<std::string>(), list[i]["seed"].get<int>()));
  }
  CHECK(list[3]["name"] == "rate-0.2-seed-2");
  CHECK(playground.good_json({"reproduce", "s.json", "--list-cases", "--json", "--quick"}).size() == 1);
  CHECK(playground.good_json({"reproduce", "s.json", "--list-cases", "--json", "--seeds", "5"}).size() == 10);
  CHECK(playground.tree() == before);
}

TEST_CASE("the cases of all studies are numbered through", "[program][cases]") {
  const Playground playground;
  const Json list = playground.good_json({"reproduce", "all", "--quick", "--list-cases", "--json"});
  REQUIRE(list.size() > 20);
  CHECK(list.front()["study"] != list.back()["study"]);
  for (std::size_t i = 0; i < list.size(); ++i) CHECK(list[i]["index"] == i);
  const Outcome merge = playground.steq({"reproduce", "all", "--quick", "--merge", "--out", "out"});
  CHECK(merge.code == 1);
  CHECK(testing::lines_of(merge.err).size() >= list.size());
  CHECK(playground.tree().empty());
}

TEST_CASE("the forms of a study go with its cases", "[program][cases]") {
  Json study = tiny_study();
  study["base"]["data"] = {{"dataset", "idx"}, {"path", "elsewhere"}};
  const TwoPlaces places(study);
  testing::write_digits(places.whole, "mine", 60, 20);
  testing::write_digits(places.parts, "mine", 60, 20);
  const Words form{"--quick", "--set", "batch_size=10", "--data", "mine", "--seeds", "2"};
  const auto with = [&](const Words& more) {
    Words words = words_of(form);
    words.insert(words.end(), more.begin(), more.end());
    return words;
  };
  places.whole.good(with({}));
  for (const char* shard : {"0/3", "1/3"}) places.parts.good(with({"--shard", shard}));
  const Outcome empty = places.parts.steq(with({"--shard", "2/3"}));
  CHECK(empty.code == 0);
  CHECK(empty.err == "steq: shard 2/3 is empty: there are 2 cases\n");
  places.parts.good(with({"--merge"}));
  CHECK(results_in(places.parts) == results_in(places.whole));
  CHECK(fs::exists(places.parts.path() / "out/small-quick/study.json"));
}

TEST_CASE("a case that is done is done, and one that diverged stays a result", "[program][cases]") {
  const Playground playground;
  playground.write_json("s.json", study_with_divergence());
  playground.good(one_case(0));
  const Outcome diverged = playground.steq(one_case(2));
  CHECK(diverged.code == 4);
  CHECK(diverged.err ==
        "steq: case 2, rate-1e38-seed-1, diverged; what was recorded is in "
        "out/small/runs/rate-1e38-seed-1\n");
  const Tree before = playground.tree();
  playground.good(one_case(0));
  CHECK(playground.steq(one_case(2)).code == 4);
  CHECK(playground.tree() == before);
  const Outcome merge = playground.steq(kMerge);
  CHECK(merge.code == 1);
  CHECK(playground.json("out/small/study.json")["measurements"].back()["status"] == "diverged");
}

TEST_CASE("a chain whose first stage diverged is done too", "[program][cases]") {
  const Playground playground;
  Json study = tiny_chain();
  study["variants"][0]["stages"][0]["set"] = {{"optimizer.learning_rate", 1e38}};
  playground.write_json("s.json", study);
  CHECK(playground.steq(one_case(1)).code == 4);
  const Tree before = playground.tree();
  CHECK(playground.steq(one_case(1)).code == 4);
  CHECK(playground.tree() == before);
  const auto lines = testing::lines_of(playground.steq(kMerge).err);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == "steq: case 0, two-seed-1, stage pre is missing");
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

TEST_CASE("a case that another process has is left to it", "[program][cases]") {
  const Playground playground;
  playground.write_json("s.json", tiny_study());
  const auto longer = [](const Words& words) {
    Words all = words_of({"--set", "steps=1000000", "--set", "record.change_points=false"});
    all.insert(all.end(), words.begin(), words.end());
    return all;
  };
  Process first(playground.path(), Playground::command(longer({"--case", "0"})));
  first.wait_for(playground.path() / "out/small/runs/rate-0.1-seed-1.partial/checkpoint");
  CHECK(playground.steq(longer({"--case", "0"})).code == 75);
  CHECK(playground.steq(longer({"--shard", "0/4"})).code == 75);
  first.send(SIGTERM);
  CHECK(first.wait().code == 130);
}

TEST_CASE("a case of a lost node is free when nothing was heard of it for long enough", "[program][cases]") {
  const Playground playground;
  playground.write_json("s.json", tiny_study());
  const auto leave = [&](int seconds_ago) {
    const std::time_t then = std::time(nullptr) - seconds_ago;
    playground.write_json("out/small/runs/rate-0.1-seed-1.partial.lock",
                          {{"steq lock", 1},
                           {"host", "node17"},
                           {"pid", 4711},
                           {"since", "2026-01-01T00:00:00Z"},
                           {"heartbeat", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(then))},
                           {"locked", false}});
  };
  leave(30);
  const Outcome busy = playground.steq(one_case(0));
  CHECK(busy.code == 75);
  CHECK_THAT(busy.err, Contains("another process (4711 on node17, since 2026-01-01T00:00:00Z, last heard of 3"));
  CHECK_THAT(playground.steq(kMerge).err, StartsWith("steq: case 0, rate-0.1-seed-1, is under way (4711 on node17"));
  leave(300);
  CHECK_THAT(playground.steq(kMerge).err, StartsWith("steq: case 0, rate-0.1-seed-1, is missing"));
  playground.good(one_case(0));
  CHECK_FALSE(fs::exists(playground.path() / "out/small/runs/rate-0.1-seed-1.partial.lock"));
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

TEST_CASE("a shard goes on behind a case that fails", "[program][cases]") {
  const Playground playground;
  playground.write_json("s.json", tiny_study());
  playground.write("out/small/runs/rate-0.1-seed-1/letter.txt", "mine");
  const Outcome shard = playground.steq(words_of({"--shard", "0/2"}));
  CHECK(shard.code == 2);
  CHECK_THAT(shard.err, StartsWith("steq: case 0, rate-0.1-seed-1: out/small/runs/rate-0.1-seed-1: exists and is not"));
  CHECK(playground.json("out/small/runs/rate-0.2-seed-1/summary.json")["steps"] == 10);
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

TEST_CASE("cases may begin at the same time in a directory that is not there", "[program][cases]") {
  const TwoPlaces places(tiny_study());
  {
    std::vector<std::unique_ptr<Process>> all;
    for (int i = 0; i < 4; ++i)
      all.push_back(std::make_unique<Process>(places.parts.path(), Playground::command(one_case(i))));
    for (const auto& process : all) CHECK(process->wait().code == 0);
  }
  places.parts.good(kMerge);
  places.whole.good(words_of({}));
  CHECK(results_in(places.parts) == results_in(places.whole));
}
