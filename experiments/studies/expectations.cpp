// SPDX-License-Identifier: MIT
#include "experiments/studies/expectations.hpp"

#include "plots/studies/study_values.hpp"

namespace steq {
namespace {

std::optional<double> median(const Json& study, const std::string& quantity) {
  const std::size_t colon = quantity.rfind(": ");
  const auto spread = spread_of(values_of(study, quantity.substr(0, colon), quantity.substr(colon + 2)));
  return spread ? std::optional(spread->median) : std::nullopt;
}

Json met(const Json& study, Json expectation) {
  const std::optional<double> value = median(study, expectation["value"]);
  const std::optional<double> unit =
      expectation.contains("times") ? median(study, expectation["times"]) : std::optional(1.0);
  expectation["measured"] = value ? Json(*value) : Json();
  bool holds = value && unit;
  for (const auto& [key, bound] : {std::pair("at_least", "low"), std::pair("at_most", "high")}) {
    if (!expectation.contains(key)) continue;
    const double factor = expectation[key].get<double>();
    expectation[bound] = unit ? Json(factor * *unit) : Json();
    if (holds) holds = bound[0] == 'l' ? *value >= factor * *unit : *value <= factor * *unit;
  }
  expectation["holds"] = holds;
  return expectation;
}

}  // namespace

Json met_expectations(const Json& study, const Json& expectations) {
  Json all = Json::array();
  for (const Json& expectation : expectations) all.push_back(met(study, expectation));
  return all;
}

}  // namespace steq
