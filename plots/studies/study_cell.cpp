// SPDX-License-Identifier: MIT
#include "plots/studies/study_cell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/studies/study_values.hpp"

namespace steq {
namespace {

using Json = nlohmann::ordered_json;

/// Decimals with which two digits of a small number are seen.
int decimals(double value) {
  if (value == 0 || std::abs(value) >= 1) return 3;
  return std::clamp(1 - static_cast<int>(std::floor(std::log10(std::abs(value)))), 3, 8);
}

/// Of a published figure in this cell; empty where there is none.
std::string published_text(const Json& study, const std::string& pair, const std::string& name, double ours) {
  for (const Json& entry : study["published"])
    if (entry["of"] == pair && entry["row"] == name) {
      const double theirs = entry["value"].get<double>();
      return fmt::format(" (published {}, {:+.3g})", rounded(theirs), ours - theirs);
    }
  return "";
}

std::string diverged_text(const std::vector<const Json*>& measurements) {
  std::int64_t step = std::numeric_limits<std::int64_t>::max();
  for (const Json* measurement : measurements) step = std::min(step, (*measurement)["steps"].get<std::int64_t>());
  return fmt::format("diverged at step {}", step);
}

/// Of a step that did not come; a divergence of levels that were not compared is not known.
std::string word_of_nothing(const Json& study, const std::string& pair, const std::string& name) {
  const bool compared = !values_of(study, pair, "different_levels").empty();
  return (name == "first_divergence" && compared) || name.starts_with("zero_loss_step") ? "never" : "undefined";
}

}  // namespace

std::string rounded(double value) {
  if (std::abs(value) >= 1e6) return fmt::format("{:.4g}", value);
  if (value == std::round(value)) return fmt::format("{:.0f}", value);
  if (value < 1 && 1 - value < 1e-6) return ">0.999999";
  if (std::abs(value) < 1e-4) return fmt::format("{:.1e}", value);
  return fmt::format("{:.{}f}", value, std::max(decimals(value), decimals(1 - value)));
}

std::string study_cell(const Json& study, const std::string& pair, const std::string& name) {
  const std::vector<const Json*> measurements = measurements_of_pair(study, pair);
  if (measurements.empty()) return "-";
  const auto diverged = static_cast<std::size_t>(
      std::ranges::count_if(measurements, [](const Json* m) { return (*m)["status"] == "diverged"; }));
  if (diverged == measurements.size()) return diverged_text(measurements);
  const std::vector<double> values = values_of(study, pair, name);
  const auto spread = spread_of(values);
  const std::string missing_word = word_of_nothing(study, pair, name);
  if (!spread) return missing_word;
  std::string text = rounded(spread->median);
  if (spread->low < spread->high) text += fmt::format(" [{}, {}]", rounded(spread->low), rounded(spread->high));
  const std::size_t missing = measurements.size() - diverged - values.size();
  if (diverged > 0) text += fmt::format(", {} diverged", diverged);
  if (missing > 0) text += fmt::format(", {} {}", missing, missing_word);
  return text + published_text(study, pair, name, spread->median);
}

}  // namespace steq
