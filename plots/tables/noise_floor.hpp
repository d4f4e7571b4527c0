// SPDX-License-Identifier: MIT
// How much difference means nothing: every divergence beside those of the controls.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "plots/statistics/standing.hpp"
#include "plots/tables/table.hpp"

namespace steq {

/// The measure of which verdicts speak: the share of weights that end on different levels.
inline constexpr const char* kDifferentLevels = "different levels (share)";

/// One measure of how far two learners diverged, 0 where they did not, and the same measure of each control of the
/// first of them; nothing where it is undefined, or where there is no such control.
struct NoiseFloor {
  std::string a, b;
  std::string kind;     ///< of the comparison: "equivalent" or "other"
  std::string measure;  ///< a name, with unit
  std::optional<MeasuredDivergence> divergence{};
  std::optional<MeasuredDivergence> identical{}, rounding{}, one_ulp{}, jitter{}, other_seed{};
  bool trusted = true;  ///< false where the identical copy diverged at any step

  /// Of the divergence to that of a control; nothing where that is 0 or one of them is not known.
  std::optional<double> times(const std::optional<MeasuredDivergence>& control) const;
  /// The same with as many digits as it supports, at most two: "2.1 times"; empty where there is no ratio.
  std::string times_text(const std::optional<MeasuredDivergence>& control) const;
  /// Nothing where one of them is not known.
  std::optional<Standing> against(const std::optional<MeasuredDivergence>& control) const;
  /// In words: below or at the rounding floor (that of the rounding control, never of another), below jitter, like
  /// jitter, or above.
  std::string verdict() const;
};

/// The share of weights that end on different levels, and the alignment error, of every comparison that is no control.
/// `comparisons` is that of a summary.json, where "weights" is the number of weights compared; a control of kind
/// "other-seed" is heeded too, and so is "by_seed": {METRIC: [one value a seed]} in a comparison.
std::vector<NoiseFloor> noise_floor(const nlohmann::ordered_json& comparisons);

/// The share of weights that end on different levels in one comparison; nothing where it is undefined.
std::optional<MeasuredDivergence> different_levels(const nlohmann::ordered_json& comparison);

/// One row each: comparison, measure, divergence, the controls that there are, ratio and verdict; a note where no
/// control shows how much rounding makes.
Table noise_floor_table(const std::vector<NoiseFloor>& floors);

/// What the controls are, and that there is none for rounding where there is none.
std::vector<std::string> noise_floor_notes(const std::vector<NoiseFloor>& floors);

}  // namespace steq
