// SPDX-License-Identifier: MIT
#include "plots/tables/chance.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace steq;
using Json = nlohmann::ordered_json;

namespace {

Json summary(const Json& accuracy, std::size_t samples, double largest_class) {
  return {{"test_set", {{"samples", samples}, {"largest_class_share", largest_class}}},
          {"learners", {{"q", {{"test_accuracy", accuracy}}}, {"good", {{"test_accuracy", 0.9}}}}}};
}

bool at_chance(const Json& accuracy, std::size_t samples, double largest_class) {
  const std::vector<std::string> names = learners_at_chance(summary(accuracy, samples, largest_class));
  return std::ranges::find(names, "q") != names.end();
}

}  // namespace

TEST_CASE("a learner is at chance level where it is not told apart from naming the most frequent class") {
  CHECK(at_chance(0.1, 1000, 0.113));
  CHECK(at_chance(0.12, 1000, 0.113));
  CHECK_FALSE(at_chance(0.14, 1000, 0.113));
  CHECK(at_chance(0.14, 50, 0.113));
  CHECK_FALSE(at_chance(0.12, 100000, 0.113));
  CHECK(learners_at_chance(summary(0.1, 1000, 0.113)) == std::vector<std::string>{"q"});
}

TEST_CASE("the binomial test is exact: of four right answers by chance one half each, all four happen in a sixteenth") {
  CHECK(at_chance(1.0, 4, 0.5));        // 1 / 16 > 0.05
  CHECK_FALSE(at_chance(1.0, 5, 0.5));  // 1 / 32
}

TEST_CASE("the sentence names who is at chance level") {
  CHECK(chance_sentence(summary(0.1, 1000, 0.113)) ==
        "q is at chance level: always naming the most frequent class would answer 11.3 % of the test set rightly");
  CHECK(chance_sentence(summary(0.5, 1000, 0.113)).empty());
}

TEST_CASE("what is not known is not called chance") {
  CHECK(learners_at_chance(summary("NaN", 1000, 0.113)).empty());
  CHECK(learners_at_chance(summary(nullptr, 1000, 0.113)).empty());
  CHECK(learners_at_chance({{"learners", {{"q", {{"test_accuracy", 0.1}}}}}}).empty());
  CHECK(learners_at_chance(summary(0.1, 0, 0.113)).empty());
}
