// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "plots/statistics/standing.hpp"

namespace steq {

/// A share of weights with as many digits as its count supports, and the count: "0.094 % of the weights (249 of
/// 264960)", where `what` is " of the weights"; three digits where the count is not known.
std::string share_text(const MeasuredDivergence& share, const std::string& what = "");

}  // namespace steq
