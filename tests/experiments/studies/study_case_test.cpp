// SPDX-License-Identifier: MIT
#include "experiments/studies/study_case.hpp"

#include <catch2/catch.hpp>

#include <set>

#include "experiments/studies/missing_cases.hpp"
#include "tiny_chain.hpp"

using namespace steq;
using testing::tiny_chain;
using testing::tiny_chain_with;
using testing::tiny_study;

namespace {

std::string hash_of_first(const Json& document, const StudyForm& form = {}) {
  const StudyConfig study = read_study(document, "s.json", form);
  return config_hash(cases_in(study).front());
}

}  // namespace

TEST_CASE("the cases of a study are its variants by its seeds, in this order", "[cases]") {
  const StudyConfig study = read_study(tiny_study(), "s.json", {});
  const std::vector<StudyCase> cases = cases_in(study, 10);
  REQUIRE(cases.size() == 4);
  const std::vector<std::string> names{"rate-0.1-seed-1", "rate-0.1-seed-2", "rate-0.2-seed-1", "rate-0.2-seed-2"};
  for (std::size_t i = 0; i < cases.size(); ++i) {
    CHECK(cases[i].index == 10 + i);
    CHECK(cases[i].name() == names[i]);
    CHECK(cases[i].directory() == "runs/" + names[i]);
    CHECK(cases[i].directory_of("") == cases[i].directory());
  }
}

TEST_CASE("a chain is one case", "[cases]") {
  const StudyConfig study = read_study(tiny_chain(), "s.json", {});
  const std::vector<StudyCase> cases = cases_in(study);
  REQUIRE(cases.size() == 2);
  CHECK(cases[1].directory_of("fine") == "runs/two-seed-2/fine");
}

TEST_CASE("the hash of a case is that of what decides its results", "[cases]") {
  const StudyConfig study = read_study(tiny_study(), "s.json", {});
  std::set<std::string> hashes;
  for (const StudyCase& c : cases_in(study)) hashes.insert(config_hash(c));
  CHECK(hashes.size() == 4);
  const std::string hash = hash_of_first(tiny_study());
  CHECK(hash.size() == 64);
  CHECK(hash == hash_of_first(tiny_study(), {.seeds = 7}));
  Json renamed = tiny_study();
  renamed["name"] = "other";
  renamed.erase("tables");
  renamed.erase("quick");
  renamed["variants"][0]["name"] = "speed";
  CHECK(hash == hash_of_first(renamed));
  CHECK(hash != hash_of_first(tiny_study(), {.overrides = {"batch_size=10"}}));
}

TEST_CASE("every stage counts for the hash of a chain, and what it takes of earlier ones", "[cases]") {
  const std::string hash = hash_of_first(tiny_chain());
  CHECK(hash != hash_of_first(tiny_chain_with("/variants/0/stages/0/set", {{"epochs", 2}})));
  CHECK(hash != hash_of_first(tiny_chain_with("/variants/0/stages/1/set/steps", 7)));
  CHECK(hash != hash_of_first(tiny_chain_with("/variants/0/stages/1/set/init.file", "stage:pre/ste")));
}

TEST_CASE("where data lie does not count for the hash", "[cases]") {
  Json study = tiny_study();
  study["base"]["data"] = {{"dataset", "mnist"}, {"path", "here"}};
  const std::string hash = hash_of_first(study);
  CHECK(hash == hash_of_first(study, {.data = "there"}));
  study["base"]["data"]["train_limit"] = 100;
  CHECK(hash != hash_of_first(study));
}

TEST_CASE("indices are told as schedulers take them", "[cases]") {
  CHECK(index_ranges({}) == "");
  CHECK(index_ranges({5}) == "5");
  CHECK(index_ranges({0, 1, 2, 4, 7, 8}) == "0-2,4,7-8");
}
