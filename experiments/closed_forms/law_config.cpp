// SPDX-License-Identifier: MIT
#include "experiments/closed_forms/law_config.hpp"

#include "experiments/closed_forms/case_document.hpp"
#include "theory/laws/law.hpp"

namespace steq {
namespace {

LawCase read_law_case(const ConfigNode& node) {
  Values values = read_object(
      node, {text_key("name", std::nullopt), count_key("draws", Value(std::int64_t{100000})), tolerance_key(0.02)},
      {"law"});
  if (!node.json.is_object()) return {};
  return {.name = read_name(node, values),
          .law = read_plugin(node.at("law"), "type", catalogue(law_registry())),
          .draws = take_integer<std::size_t>(values, "draws"),
          .tolerance = take<double>(values, "tolerance")};
}

}  // namespace

LawExperiment read_laws(const Json& document, const std::string& file) {
  return read_checked(document, file, [](const ConfigNode& node) {
    LawExperiment experiment;
    read_head(node, experiment, {}, {"cases"});
    for_cases(node, [&](const ConfigNode& item) { return experiment.cases.emplace_back(read_law_case(item)).name; });
    return experiment;
  });
}

Json resolved(const LawExperiment& experiment) {
  Json cases = Json::array();
  for (const LawCase& c : experiment.cases)
    cases.push_back(
        {{"name", c.name}, {"law", to_json(c.law, "type")}, {"draws", c.draws}, {"tolerance", c.tolerance}});
  return {{"kind", "laws"},
          {"name", experiment.name},
          {"description", experiment.description},
          {"seed", experiment.seed},
          {"cases", std::move(cases)}};
}

}  // namespace steq
