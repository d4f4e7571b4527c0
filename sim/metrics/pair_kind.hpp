// SPDX-License-Identifier: MIT
// What a pair of learners is compared for.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace steq {

enum class PairKind {
  equivalent,  ///< theory calls one the equivalent of the other
  identical,   ///< a control: one recipe twice
  rounding,    ///< a control: the same recipe with other rounding everywhere
  one_ulp,     ///< a control: the same recipe from a start that is one unit in the last place off
  jitter,      ///< a control: the same recipe with a learning rate that differs by next to nothing
  other
};

/// As summary.json has them: "equivalent", "identical", "rounding", "one-ulp", "jitter", "other".
const std::string& to_text(PairKind kind);

/// Nothing where there is no such kind.
std::optional<PairKind> pair_kind(const std::string& text);

/// All, in the order above.
const std::vector<PairKind>& pair_kinds();

/// True where the comparison shows how large a difference means nothing.
bool is_control(PairKind kind);

/// Their texts, for messages.
std::vector<std::string> pair_kind_names();

}  // namespace steq
