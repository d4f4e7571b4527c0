// SPDX-License-Identifier: MIT
// The one table of colours, dashes and points: a role looks the same in every figure and report.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace steq {

/// What a learner is to the first learner of the comparison that a run is about, which is its `estimator`.
enum class Role { estimator, equivalent, jitter, rounding, one_ulp, identical, plain_ste, other_seed };

struct LineStyle {
  const char* colour;       ///< on white, "#rrggbb"
  const char* dark;         ///< on a dark page
  std::vector<int> dashes;  ///< lengths of strokes and gaps in turn; empty: a solid line
  int point;                ///< gnuplot's number
};

/// The style of gnuplot's line type n is at n - 1: one for each role in their order, then those that no role has.
const std::vector<LineStyle>& line_styles();

int line_type(Role role);
/// The n-th (from 0) of those that no role has, from the beginning again after the last.
int free_line_type(std::size_t n);

/// Of the second learner of a comparison of that kind; `plain_ste`: its estimator is the STE, its start not mapped.
/// Nothing where it has no role of its own.
std::optional<Role> role_of(const std::string& kind, bool plain_ste);

}  // namespace steq
