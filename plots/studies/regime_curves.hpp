// SPDX-License-Identifier: MIT
// The curves of a regime map, as plot commands.
#pragma once

#include "plots/studies/regime_table.hpp"

namespace steq::figures {

/// The plot commands of the three panels of a column, in which `file` is its data and `y` what becomes of a value.
struct Curves {
  std::string levels, error, changed;
};

/// A learner has the same line in every panel, that of its role. The first partner is drawn last, above all others.
Curves curves_of(const std::vector<Partner>& partners, const char* with);

}  // namespace steq::figures
