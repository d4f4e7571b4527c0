// SPDX-License-Identifier: MIT
#include "experiments/commands/equiv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/commands/recipe.hpp"
#include "records/json_values.hpp"
#include "theory/assumptions/equivalence.hpp"
#include "theory/rescaling.hpp"
#include "theory/warnings.hpp"

namespace steq {
namespace {

void check_weights(const std::vector<double>& weights, std::vector<Problem>& problems) {
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (!std::isfinite(weights[i]))
      problems.push_back(
          {fmt::format("--map[{}]", i), fmt::format("{} is not allowed; allowed: a finite number", weights[i])});
}

Recipe make_recipe(const EquivOptions& options) {
  std::vector<Problem> problems;
  Recipe recipe = read_recipe(options.estimator, options.quantizer, options.optimizer, problems);
  check_weights(options.map, problems);
  throw_if_any(problems);
  return recipe;
}

Json optional_json(const std::optional<double>& number) { return number ? to_json(*number) : Json(nullptr); }

Json map_json(const std::optional<Rescaling>& rescaling, const std::vector<double>& weights) {
  Json entries = Json::array();
  for (const double w : weights)
    entries.push_back({{"w", w}, {"m", rescaling ? to_json(rescaling->map(w)) : Json(nullptr)}});
  return entries;
}

/// What multiplies gradients there: 0 where the gate is closed, the mean where signs or draws decide.
Json q_json(const Estimator& estimator, const std::vector<double>& weights) {
  Json entries = Json::array();
  for (const double w : weights) entries.push_back({{"w", w}, {"q", to_json(estimator.derivative(w))}});
  return entries;
}

/// Null where alpha and M do not exist or have no elementary formula.
Json closed_form_json(const Estimator& estimator, const Equivalence& equivalence) {
  const std::optional<ClosedForm> form = equivalence.alpha ? estimator.closed_form() : std::nullopt;
  if (!form) return nullptr;
  return {{"alpha", form->alpha}, {"map", form->map}, {"symbols", to_json(form->symbols)}};
}

Json document(const Recipe& recipe, const Equivalence& equivalence, const std::vector<double>& weights) {
  return {{"alpha", optional_json(equivalence.alpha)},
          {"learning_rate_factor", optional_json(equivalence.learning_rate_factor)},
          {"initialization", equivalence.maps_initialization ? "M" : "identity"},
          {"in_class", equivalence.in_class},
          {"reasons", equivalence.reasons},
          {"map", map_json(rescaling_of(*recipe.estimator), weights)},
          {"q", q_json(*recipe.estimator, weights)},
          {"closed_form", closed_form_json(*recipe.estimator, equivalence)},
          {"warnings", estimator_warnings(*recipe.estimator)}};
}

/// "e = 2.16667, pi = 3.14159"
std::string symbols_text(const Json& symbols) {
  std::vector<std::string> values;
  for (const auto& [name, value] : symbols.items())
    values.push_back(fmt::format("{} = {:.12g}", name, value.get<double>()));
  return join(values);
}

std::string precise_text(const Json& number) {
  return number.is_number() ? fmt::format("{:.12g}", number.get<double>()) : "does not exist";
}

std::string text(const Json& result) {
  constexpr std::size_t kColumn = 22;
  std::string out;
  const auto line = [&](const std::string& label, const std::string& value) {
    out += fmt::format("{:<{}}{}{}\n", label, kColumn, label.size() < kColumn ? "" : "  ", value);
  };
  line("alpha", precise_text(result["alpha"]));
  line("learning-rate factor", precise_text(result["learning_rate_factor"]));
  line("initialization", result["initialization"] == "identity" ? "w0, unchanged"
                         : result["alpha"].is_null()            ? "does not exist"
                                                                : "M(w0)");
  line("in the class", result["in_class"].get<bool>() ? "yes" : "no");
  for (const Json& reason : result["reasons"]) line("", reason.get<std::string>());
  for (const Json& warning : result["warnings"]) line("warning", warning.get<std::string>());
  if (const Json& form = result["closed_form"]; !form.is_null()) {
    line("alpha formula", form["alpha"]);
    line("M formula", form["map"].get<std::string>() + ", u >= 0 and M in units of delta from the nearest threshold");
    if (!form["symbols"].empty()) line("", "where " + symbols_text(form["symbols"]));
  }
  for (const Json& entry : result["map"])
    line(fmt::format("M({:g})", entry["w"].get<double>()), precise_text(entry["m"]));
  if (!result.contains("weights")) return out;
  for (const Json& tensor : result["weights"]["tensors"])
    line("mapped " + tensor["name"].get<std::string>(), fmt::format("range {:.12g}", tensor["range"].get<double>()));
  for (const Json& note : result["weights"]["notes"]) line("note", note);
  line("written", result["weights"]["file"]);
  return out;
}

Json weights_json(const EquivOptions& options, const Equivalence& equivalence) {
  if (!equivalence.maps_initialization)
    throw InputError("--weights", fmt::format("not allowed with --optimizer {}: the STE starts at the weights as they "
                                              "are; allowed: an optimizer that scaling matters to, as sgd",
                                              options.optimizer));
  const MappedWeights mapped = map_weights(parse_spec(options.estimator, "--estimator"),
                                           parse_spec(options.quantizer, "--quantizer"), *options.weights);
  return {{"file", options.weights->out},
          {"inverse", options.weights->inverse},
          {"tensors", mapped.tensors},
          {"notes", mapped.notes}};
}

}  // namespace

std::string equiv(const EquivOptions& options) {
  const Recipe recipe = make_recipe(options);
  const Equivalence equivalence = equivalence_of(*recipe.estimator, recipe.optimizer->rule());
  Json result = document(recipe, equivalence, options.map);
  if (options.weights) result["weights"] = weights_json(options, equivalence);
  return options.json ? file_text(result) : text(result);
}

}  // namespace steq
