// SPDX-License-Identifier: MIT
#include "plots/tables/verdict.hpp"

#include <fmt/format.h>

#include <optional>

namespace steq {
namespace {

using Json = nlohmann::ordered_json;

/// Share of weights that ended on different levels, or nothing where it was not recorded.
std::optional<double> disagreement(const Json& comparison) {
  const Json& agreement = comparison["metrics"]["quantized_weight_agreement"];
  if (!agreement.is_number()) return std::nullopt;
  return 1 - agreement.get<double>();
}

const Json* control(const Json& summary, const std::string& a, const std::string& kind) {
  for (const Json& comparison : summary["comparisons"])
    if (comparison["a"] == a && comparison["kind"] == kind) return &comparison;
  return nullptr;
}

std::string against_jitter(double apart, const Json* jitter) {
  const auto floor = jitter ? disagreement(*jitter) : std::nullopt;
  if (!floor) return "no jitter control to weigh that against";
  const std::string shown = fmt::format("{:.4f} % of the {} control", 100 * *floor, (*jitter)["b"].get<std::string>());
  if (apart <= *floor) return fmt::format("no more than the {}: the difference means nothing", shown);
  if (*floor == 0) return fmt::format("against {}: above the control", shown);
  return fmt::format("{:.1f} times the {}: above the control", apart / *floor, shown);
}

std::string verdict(const Json& summary, const Json& comparison) {
  const std::string a = comparison["a"], b = comparison["b"];
  const Json* twin = control(summary, a, "identical");
  if (twin && !(*twin)["first_divergence"].is_null())
    return fmt::format("{} and {}: no verdict, because the identical twin parted; nothing here can be trusted", a, b);
  const auto apart = disagreement(comparison);
  if (!apart) return fmt::format("{} and {}: no verdict, because change points were not recorded", a, b);
  const std::string changed = comparison["metrics"]["changed_weight_share"].is_number()
                                  ? fmt::format(" ({:.2f} % ever changed level)",
                                                100 * comparison["metrics"]["changed_weight_share"].get<double>())
                                  : "";
  return fmt::format("{} and {}: {:.4f} % of the weights end on different levels{}, {}", a, b, 100 * *apart, changed,
                     against_jitter(*apart, control(summary, a, "jitter")));
}

}  // namespace

std::vector<std::string> verdicts(const Json& summary) {
  std::vector<std::string> sentences;
  for (const Json& comparison : summary["comparisons"])
    if (comparison["kind"] == "equivalent") sentences.push_back(verdict(summary, comparison));
  return sentences;
}

}  // namespace steq
