// SPDX-License-Identifier: MIT
#include "experiments/scalars/order_config.hpp"

#include "experiments/scalars/scalar_document.hpp"

namespace steq {
namespace {

OrderCase read_order_case(const ConfigNode& node, std::uint64_t seed) {
  const ParameterInfo expected{.name = "expected", .fallback = Value(1.0), .meaning = "order", .words = {}};
  Values values = read_case(
      node, {tolerance_key(0.1), expected, text_key("time", Value("directed"), {"directed", "diffusive"})}, {});
  if (!node.json.is_object()) return {};
  OrderCase read{.name = read_name(node, values), .recipe = read_recipe(node, values, seed)};
  read.tolerance = take<double>(values, "tolerance");
  read.expected = take<double>(values, "expected");
  read.time = take<std::string>(values, "time") == "diffusive" ? TimeScale::diffusive : TimeScale::directed;
  return read;
}

}  // namespace

OrderExperiment read_orders(const Json& document, const std::string& file) {
  return read_checked(document, file, [](const ConfigNode& node) {
    OrderExperiment experiment;
    Values values = read_head(node, experiment, {count_key("repeats", Value(std::int64_t{1}))}, {"cases", "factors"});
    experiment.repeats = take_integer<std::uint32_t>(values, "repeats");
    experiment.factors =
        read_numbers(node.at("factors"), "an array of at least three numbers in (0, 1], the first of them 1, falling",
                     [](const auto& n) {
                       const bool falling = std::is_sorted(n.rbegin(), n.rend(), std::less_equal<>());
                       return n.size() >= 3 && n.front() == 1 && n.back() > 0 && falling;
                     });
    for_cases(node, [&](const ConfigNode& item) {
      experiment.cases.push_back(read_order_case(item, experiment.seed));
      return experiment.cases.back().name;
    });
    return experiment;
  });
}

Json resolved(const OrderExperiment& experiment) {
  Json cases = Json::array();
  for (const OrderCase& c : experiment.cases) {
    cases.push_back(recipe_json(c.name, c.recipe));
    cases.back()["time"] = c.time == TimeScale::diffusive ? "diffusive" : "directed";
    cases.back()["expected"] = c.expected;
    cases.back()["tolerance"] = c.tolerance;
  }
  return {{"kind", "orders"},         {"name", experiment.name},       {"description", experiment.description},
          {"seed", experiment.seed},  {"factors", experiment.factors}, {"repeats", experiment.repeats},
          {"cases", std::move(cases)}};
}

}  // namespace steq
