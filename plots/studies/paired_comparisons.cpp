// SPDX-License-Identifier: MIT
#include "plots/studies/paired_comparisons.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/statistics/paired_difference.hpp"
#include "plots/studies/study_values.hpp"
#include "plots/tables/numbers.hpp"
#include "sim/metrics/pair_kind.hpp"

namespace steq {
namespace {

using Json = nlohmann::ordered_json;

/// A quantity that each learner of a measurement has, in values as NAME_a and NAME_b.
struct Quantity {
  const char* name;
  const char* title;
  Better better;
  bool share;  ///< shown in percentage points
};

constexpr Quantity kQuantities[] = {{"test_accuracy", "test accuracy", Better::larger, true},
                                    {"test_loss", "test loss", Better::smaller, false}};

std::string to_text(Outcome outcome) {
  constexpr const char* kWords[] = {"better", "worse", "not told apart"};
  return kWords[static_cast<int>(outcome)];
}

template <class Number>
Json or_null(const std::optional<Number>& number) {
  return number ? Json(*number) : Json();
}

/// Of the runs that have both values.
std::optional<PairedDifference> measured(const Json& study, const std::string& pair, const Quantity& quantity) {
  std::vector<double> a, b;
  for (const Json* m : measurements_of_pair(study, pair)) {
    const auto value = [&](const char* side) {
      return (*m)["values"].value(quantity.name + std::string(side), Json());
    };
    if ((*m)["status"] == "diverged" || !value("_a").is_number() || !value("_b").is_number()) continue;
    a.push_back(value("_a").get<double>());
    b.push_back(value("_b").get<double>());
  }
  return paired_difference(a, b, quantity.better);
}

Json to_json(const PairedDifference& paired) {
  return {{"median", paired.median},
          {"mean", paired.mean},
          {"low", or_null(paired.low)},
          {"high", or_null(paired.high)},
          {"seeds", paired.seeds},
          {"a_better", paired.first_better},
          {"verdict", to_text(paired.outcome)},
          {"seeds_needed", or_null(paired.seeds_needed)}};
}

/// "+0.12 points"; a loss has no unit.
std::string number(double difference, const Quantity& quantity) {
  return fmt::format("{:+.3g}{}", quantity.share ? 100 * difference : difference, quantity.share ? " points" : "");
}

std::string interval(const Json& paired, const Quantity& quantity) {
  if (paired["low"].is_null()) return "-";
  const double unit = quantity.share ? 100 : 1;
  return fmt::format("[{:+.3g}, {:+.3g}]", unit * paired["low"].get<double>(), unit * paired["high"].get<double>());
}

Row row_of(const Json& comparison, const Quantity& quantity) {
  const Json& paired = comparison["paired"][quantity.name];
  Row row{comparison["of"], quantity.title};
  if (paired.is_null()) return row.insert(row.end(), {"undefined", "-", "-", "undefined", "-"}), row;
  row.insert(row.end(),
             {number(paired["mean"], quantity), interval(paired, quantity),
              fmt::format("{} of {}", paired["a_better"].get<std::size_t>(), paired["seeds"].get<std::size_t>()),
              paired["verdict"], paired["seeds_needed"].is_null() ? "-" : paired["seeds_needed"].dump()});
  return row;
}

std::string seeds_text(const Json& count) {
  return fmt::format("{} seed{}", count.get<std::size_t>(), count == 1 ? "" : "s");
}

std::string sentence(const Json& comparison) {
  const Quantity& quantity = kQuantities[0];
  const Json& paired = comparison["paired"][quantity.name];
  const std::string variant = comparison["variant"], a = comparison["a"], b = comparison["b"];
  if (paired.is_null()) return fmt::format("{}: {} and {} have no test accuracy.", variant, a, b);
  const std::string difference =
      fmt::format("difference {}{}", number(paired["mean"], quantity),
                  paired["low"].is_null() ? "" : fmt::format(", 95 % interval {}", interval(paired, quantity)));
  if (paired["verdict"] != "not told apart")
    return fmt::format("{}: {} is {} than {} in test accuracy ({}, better in {} of {}).", variant, a,
                       paired["verdict"].get<std::string>(), b, difference, paired["a_better"].get<std::size_t>(),
                       seeds_text(paired["seeds"]));
  std::string text = fmt::format("{}: {} and {} are not told apart in test accuracy with {} ({})", variant, a, b,
                                 seeds_text(paired["seeds"]), difference);
  if (!paired["seeds_needed"].is_null()) text += fmt::format("; {} would", seeds_text(paired["seeds_needed"]));
  return text + ".";
}

}  // namespace

Json paired_comparisons(const Json& study) {
  Json comparisons = Json::array();
  std::vector<std::string> seen;
  for (const Json& m : study["measurements"]) {
    const std::string pair = m["of"];
    if (m["kind"] == "other-seed" || std::ranges::find(seen, pair) != seen.end()) continue;
    seen.push_back(pair);
    Json paired = Json::object();
    for (const Quantity& quantity : kQuantities) {
      const auto difference = measured(study, pair, quantity);
      paired[quantity.name] = difference ? to_json(*difference) : Json();
    }
    comparisons.push_back({{"of", pair},
                           {"variant", m["variant"]},
                           {"a", m["a"]},
                           {"b", m["b"]},
                           {"kind", m["kind"]},
                           {"paired", paired}});
  }
  return comparisons;
}

Table paired_table(const Json& study) {
  Table table{
      .caption = "Is the first learner better than the second? Differences first - second, seed by seed",
      .header = {"comparison", "quantity", "mean difference", "95 % interval", "first better in", "first is",
                 "seeds needed"},
      .rows = {},
      .notes = {"Intervals are those of the paired t-test. Of twenty pairs that do not differ it calls one better or "
                "worse.",
                "Seeds needed: with so many the same test tells the two apart in four of five studies, if mean and "
                "spread of the difference are what these seeds show."}};
  for (const Json& comparison : study["comparisons"])
    for (const Quantity& quantity : kQuantities) table.rows.push_back(row_of(comparison, quantity));
  return table;
}

std::vector<std::string> paired_sentences(const Json& study) {
  std::vector<std::string> sentences;
  for (const Json& comparison : study["comparisons"])
    if (!is_control(pair_kind(comparison["kind"]).value_or(PairKind::other))) sentences.push_back(sentence(comparison));
  return sentences;
}

}  // namespace steq
