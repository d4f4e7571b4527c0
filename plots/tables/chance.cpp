// SPDX-License-Identifier: MIT
#include "plots/tables/chance.hpp"

#include <fmt/format.h>

#include <boost/math/distributions/binomial.hpp>
#include <cmath>

#include "plots/statistics/significance.hpp"
#include "plots/tables/numbers.hpp"
#include "sim/core/parameters.hpp"

namespace steq {
namespace {

using Json = nlohmann::ordered_json;

/// What summary.json says of the test set; nothing where it says nothing.
struct TestSet {
  double samples = 0, largest_class = 0;
};

std::optional<TestSet> test_set_of(const Json& summary) {
  const Json set = summary.value("test_set", Json());
  if (!set.is_object()) return std::nullopt;
  const TestSet read{set.value("samples", 0.0), set.value("largest_class_share", 0.0)};
  const bool good = read.samples >= 1 && read.samples < 1e15 && read.largest_class > 0 && read.largest_class <= 1;
  return good ? std::optional(read) : std::nullopt;
}

bool at_chance(double accuracy, const TestSet& set) {
  if (accuracy <= set.largest_class) return true;
  const boost::math::binomial guesses(set.samples, set.largest_class);
  const double right = std::round(accuracy * set.samples);
  return boost::math::cdf(boost::math::complement(guesses, right - 1)) >= kSignificance;
}

}  // namespace

std::vector<std::string> learners_at_chance(const Json& summary) {
  const auto set = test_set_of(summary);
  std::vector<std::string> names;
  if (!set || !summary.contains("learners")) return names;
  for (const auto& [name, learner] : summary["learners"].items())
    if (const Json accuracy = learner.value("test_accuracy", Json());
        accuracy.is_number() && accuracy >= 0 && accuracy <= 1 && at_chance(accuracy, *set))
      names.push_back(name);
  return names;
}

std::string chance_sentence(const Json& summary) {
  const std::vector<std::string> names = learners_at_chance(summary);
  if (names.empty()) return "";
  return fmt::format(
      "{} {} at chance level: always naming the most frequent class would answer {} of the test set rightly",
      join(names), names.size() == 1 ? "is" : "are", percent(test_set_of(summary)->largest_class));
}

}  // namespace steq
