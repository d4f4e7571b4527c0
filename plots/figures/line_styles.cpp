// SPDX-License-Identifier: MIT
#include "plots/figures/line_styles.hpp"

#include "sim/metrics/pair_kind.hpp"

namespace steq {
namespace {

constexpr std::size_t kRoles = 8;

/// Roles have the colours of Okabe and Ito, the others muted ones of Tol. Dashes and points tell them apart in grey.
std::vector<LineStyle> made_styles() {
  std::vector<LineStyle> all{{"#0072b2", "#56b4e9", {}, 7},                    // estimator
                             {"#d55e00", "#ff8a4c", {10, 5}, 5},               // equivalent
                             {"#009e73", "#2fc79b", {10, 4, 2, 4}, 9},         // jitter
                             {"#cc79a7", "#e39ac3", {2, 3}, 11},               // rounding
                             {"#56b4e9", "#9fd6ff", {10, 3, 2, 3, 2, 3}, 13},  // one_ulp
                             {"#000000", "#ffffff", {4, 4}, 4},                // identical
                             {"#e69f00", "#f0c945", {18, 5}, 6},               // plain_ste
                             {"#666666", "#a3acb4", {1, 4}, 8},                // other_seed
                             {"#332288", "#a99df5", {}, 10},                   // no role, from here on
                             {"#999933", "#cfcf63", {10, 5}, 12},
                             {"#882255", "#e884b4", {10, 4, 2, 4}, 14},
                             {"#117733", "#6fcf8d", {2, 3}, 1},
                             {"#aa4499", "#e69bd9", {10, 3, 2, 3, 2, 3}, 2},
                             {"#44aa99", "#8fe0d2", {4, 4}, 3},
                             {"#7f5a2b", "#d3ab78", {18, 5}, 15},
                             {"#7788aa", "#b4c4e6", {1, 4}, 7}};
  const std::size_t free = all.size() - kRoles;
  for (std::size_t i = 0; i < free; ++i) {  // once more in other dashes, with other points
    const LineStyle &same = all[kRoles + i], &other = all[kRoles + (i + 1) % free];
    all.push_back({same.colour, same.dark, other.dashes, all[i].point});
  }
  return all;
}

}  // namespace

const std::vector<LineStyle>& line_styles() {
  static const std::vector<LineStyle> all = made_styles();
  return all;
}

int line_type(Role role) { return static_cast<int>(role) + 1; }

int free_line_type(std::size_t n) { return static_cast<int>(kRoles + n % (line_styles().size() - kRoles)) + 1; }

std::optional<Role> role_of(const std::string& kind, bool plain_ste) {
  if (kind == "other-seed") return Role::other_seed;
  switch (pair_kind(kind).value_or(PairKind::other)) {
    case PairKind::equivalent: return Role::equivalent;
    case PairKind::jitter: return Role::jitter;
    case PairKind::rounding: return Role::rounding;
    case PairKind::one_ulp: return Role::one_ulp;
    case PairKind::identical: return Role::identical;
    case PairKind::other: break;
  }
  return plain_ste ? std::optional(Role::plain_ste) : std::nullopt;
}

}  // namespace steq
