// SPDX-License-Identifier: MIT
// How much difference means nothing: every divergence beside those of the controls.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "plots/tables/table.hpp"

namespace steq {

/// The measure of which verdicts speak: the share of weights that end on different levels.
inline constexpr const char* kDifferentLevels = "different levels (share)";

/// One measure of how far two learners parted, 0 where they did not, and the same measure of each control of the first
/// of them; nothing where it is undefined, or where there is no such control.
struct NoiseFloor {
  std::string a, b;
  std::string kind;     ///< of the comparison: "equivalent" or "other"
  std::string measure;  ///< a name, with unit
  std::optional<double> divergence{};
  std::optional<double> identical{}, one_ulp{}, jitter{}, other_seed{};
  bool trusted = true;  ///< false where the identical twin parted at any step

  /// Of the divergence to that of the jitter control; nothing where that is 0.
  std::optional<double> ratio() const;
  /// In words: below the rounding floor (no more than one unit in the last place makes), below jitter, or above.
  std::string verdict() const;
};

/// The share of weights that end on different levels, and the alignment error, of every comparison that is no control.
/// `comparisons` is that of a summary.json; a control of kind "other-seed" is heeded too.
std::vector<NoiseFloor> noise_floor(const nlohmann::ordered_json& comparisons);

/// One row each: comparison, measure, divergence, controls, ratio and verdict.
Table noise_floor_table(const std::vector<NoiseFloor>& floors);

}  // namespace steq
