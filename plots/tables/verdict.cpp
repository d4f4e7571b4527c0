// SPDX-License-Identifier: MIT
#include "plots/tables/verdict.hpp"

#include <fmt/format.h>

#include "plots/tables/noise_floor.hpp"
#include "plots/tables/numbers.hpp"
#include "plots/tables/share_text.hpp"

namespace steq {
namespace {

using Json = nlohmann::ordered_json;

std::string against_rounding(const NoiseFloor& floor) {
  const std::string shown = share_text(*floor.rounding) + " of the rounding control";
  return *floor.against(floor.rounding) == Standing::below
             ? "no more than the " + shown + ": below the rounding floor"
             : "not told apart from the " + shown + ": at the rounding floor";
}

std::string against_jitter(const NoiseFloor& floor) {
  const std::string shown = share_text(*floor.jitter) + " of the jitter control";
  switch (*floor.against(floor.jitter)) {
    case Standing::below:
      return "no more than the " + shown + ": the difference means nothing";
    case Standing::alike:
      return "not told apart from the " + shown + ": the difference means nothing";
    case Standing::above:
      break;
  }
  if (!floor.times(floor.jitter)) return fmt::format("against {}: above the control", shown);
  return fmt::format("{} the {}: above the control", floor.times_text(floor.jitter), shown);
}

std::string against_controls(const NoiseFloor& floor) {
  if (const auto rounding = floor.against(floor.rounding); rounding && *rounding != Standing::above)
    return against_rounding(floor);
  return floor.jitter ? against_jitter(floor) : "no jitter control to weigh that against";
}

std::string changed_text(const Json& comparisons, const NoiseFloor& floor) {
  for (const Json& comparison : comparisons) {
    const Json share = comparison["metrics"].value("changed_weight_share", Json());
    if (comparison["a"] == floor.a && comparison["b"] == floor.b && share.is_number())
      return fmt::format(" ({} % ever changed level)", with_digits(100 * share.get<double>(), 2));
  }
  return "";
}

std::string verdict(const Json& comparisons, const NoiseFloor& floor) {
  const std::string pair = fmt::format("{} and {}: ", floor.a, floor.b);
  if (!floor.trusted) return pair + "no verdict, because the identical copy diverged; nothing here can be trusted";
  if (!floor.divergence) return pair + "no verdict, because change points were not recorded";
  return fmt::format("{}{} end on different levels{}, {}", pair, share_text(*floor.divergence, " of the weights"),
                     changed_text(comparisons, floor), against_controls(floor));
}

}  // namespace

std::vector<std::string> verdicts(const Json& summary) {
  std::vector<std::string> sentences;
  for (const NoiseFloor& floor : noise_floor(summary["comparisons"]))
    if (floor.kind == "equivalent" && floor.measure == kDifferentLevels)
      sentences.push_back(verdict(summary["comparisons"], floor));
  return sentences;
}

std::string verdict_on(const Json& comparisons, const std::string& a, const std::string& b) {
  for (const NoiseFloor& floor : noise_floor(comparisons))
    if (floor.a == a && floor.b == b && floor.measure == kDifferentLevels) return verdict(comparisons, floor);
  return "";
}

}  // namespace steq
