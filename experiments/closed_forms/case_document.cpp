// SPDX-License-Identifier: MIT
#include "experiments/closed_forms/case_document.hpp"

#include "experiments/config/chosen_gate.hpp"
#include "experiments/config/config.hpp"

namespace steq {
namespace {

void read_start(const ConfigNode& node, ScalarRecipe& recipe) {
  const auto start = read_numbers(node, "[LOW, HIGH], bins from the middle threshold, LOW <= HIGH",
                                  [](const auto& n) { return n.size() == 2 && n[0] <= n[1]; });
  if (start.empty()) return;
  recipe.low = start[0];
  recipe.high = start[1];
}

}  // namespace

Values read_case(const ConfigNode& node, std::vector<ParameterInfo> keys, std::vector<std::string> sections) {
  keys.insert(keys.end(),
              {text_key("name", std::nullopt), count_key("steps", std::nullopt),
               count_key("points", Value(std::int64_t{16})), count_key("weights", Value(std::int64_t{1024}))});
  sections.insert(sections.end(), {"quantizer", "estimator", "optimizer", "gradient", "start"});
  return read_object(node, std::move(keys), sections);
}

ScalarRecipe read_recipe(const ConfigNode& node, Values& values, std::uint64_t seed) {
  ScalarRecipe recipe;
  recipe.seed = seed;
  recipe.steps = take_integer<Step>(values, "steps");
  recipe.points = take_integer<std::size_t>(values, "points");
  recipe.weights = take_integer<std::size_t>(values, "weights");
  if (recipe.points > 0 && recipe.weights % recipe.points != 0)
    node.at("weights").report(
        fmt::format("{} is not allowed; allowed: a multiple of points, {}", recipe.weights, recipe.points));
  ConfigNode quantizer = node.at("quantizer");
  if (!node.has("quantizer")) quantizer.json = "uniform:bits=2,range=1";
  recipe.quantizer = read_plugin(quantizer, "type", catalogue(quantizer_registry()));
  recipe.estimator = read_plugin(node.at("estimator"), "type", catalogue(estimator_registry()));
  choose_gate(recipe.estimator, recipe.quantizer);
  recipe.gradient = read_plugin(node.at("gradient"), "type", catalogue(gradient_source_registry()));
  const ParameterInfo rate{
      .name = "learning_rate", .fallback = std::nullopt, .meaning = {}, .min = 0, .min_excluded = true, .words = {}};
  recipe.optimizer = read_plugin(node.at("optimizer"), "type", catalogue(optimizer_registry()), {rate});
  recipe.learning_rate = take<double>(recipe.optimizer.values, "learning_rate");
  read_start(node.at("start"), recipe);
  return recipe;
}

void for_cases(const ConfigNode& document, const std::function<std::string(const ConfigNode&)>& read) {
  const ConfigNode cases = document.at("cases");
  if (!cases.json.is_array() || cases.json.empty()) return cases.refuse("an array of at least one case");
  std::vector<std::string> names;
  for (std::size_t i = 0; i < cases.json.size(); ++i) {
    const std::string name = read(cases.at(i));
    if (std::find(names.begin(), names.end(), name) != names.end())
      cases.at(i).at("name").report(
          fmt::format("\"{}\" is the name of an earlier case; allowed: a name of its own", name));
    names.push_back(name);
  }
}

Json recipe_json(const std::string& name, const ScalarRecipe& recipe) {
  Json optimizer = to_json(recipe.optimizer, "type");
  optimizer["learning_rate"] = recipe.learning_rate;
  return {{"name", name},
          {"quantizer", to_json(recipe.quantizer, "type")},
          {"estimator", to_json(recipe.estimator, "type")},
          {"optimizer", std::move(optimizer)},
          {"gradient", to_json(recipe.gradient, "type")},
          {"start", {recipe.low, recipe.high}},
          {"steps", recipe.steps},
          {"points", recipe.points},
          {"weights", recipe.weights}};
}

}  // namespace steq
