// SPDX-License-Identifier: MIT
#include "plots/tables/verdict.hpp"

#include <fmt/format.h>

#include "plots/tables/noise_floor.hpp"

namespace steq {
namespace {

using Json = nlohmann::ordered_json;

std::string against_controls(const NoiseFloor& floor) {
  const double apart = *floor.divergence;
  if (floor.one_ulp && apart <= *floor.one_ulp)
    return fmt::format("no more than the {:.4f} % of the one-ulp control: below the rounding floor",
                       100 * *floor.one_ulp);
  if (!floor.jitter) return "no jitter control to weigh that against";
  const std::string shown = fmt::format("{:.4f} % of the jitter control", 100 * *floor.jitter);
  if (apart <= *floor.jitter) return fmt::format("no more than the {}: the difference means nothing", shown);
  if (!floor.ratio()) return fmt::format("against {}: above the control", shown);
  return fmt::format("{:.1f} times the {}: above the control", *floor.ratio(), shown);
}

std::string changed_text(const Json& summary, const NoiseFloor& floor) {
  for (const Json& comparison : summary["comparisons"]) {
    const Json share = comparison["metrics"].value("changed_weight_share", Json());
    if (comparison["a"] == floor.a && comparison["b"] == floor.b && share.is_number())
      return fmt::format(" ({:.2f} % ever changed level)", 100 * share.get<double>());
  }
  return "";
}

std::string verdict(const Json& summary, const NoiseFloor& floor) {
  const std::string pair = fmt::format("{} and {}: ", floor.a, floor.b);
  if (!floor.trusted) return pair + "no verdict, because the identical twin parted; nothing here can be trusted";
  if (!floor.divergence) return pair + "no verdict, because change points were not recorded";
  return fmt::format("{}{:.4f} % of the weights end on different levels{}, {}", pair, 100 * *floor.divergence,
                     changed_text(summary, floor), against_controls(floor));
}

}  // namespace

std::vector<std::string> verdicts(const Json& summary) {
  std::vector<std::string> sentences;
  for (const NoiseFloor& floor : noise_floor(summary["comparisons"]))
    if (floor.kind == "equivalent" && floor.measure == kDifferentLevels) sentences.push_back(verdict(summary, floor));
  return sentences;
}

}  // namespace steq
