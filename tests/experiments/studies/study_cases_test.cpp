// SPDX-License-Identifier: MIT
// A study case by case, as engines that run many jobs see it.
#include <fmt/chrono.h>

#include <catch2/catch.hpp>

#include "case_calls.hpp"
#include "records/directory_lock.hpp"

using namespace steq;
using namespace steq::testing;
namespace fs = std::filesystem;
using Catch::Contains;
using Catch::StartsWith;

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

TEST_CASE("a shard goes on behind a case that fails", "[program][cases]") {
  const Playground playground;
  playground.write_json("s.json", tiny_study());
  playground.write("out/small/runs/rate-0.1-seed-1/letter.txt", "mine");
  const Outcome shard = playground.steq(words_of({"--shard", "0/2"}));
  CHECK(shard.code == 2);
  CHECK_THAT(shard.err, StartsWith("steq: case 0, rate-0.1-seed-1: out/small/runs/rate-0.1-seed-1: exists and is not"));
  CHECK(playground.json("out/small/runs/rate-0.2-seed-1/summary.json")["steps"] == 10);
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
