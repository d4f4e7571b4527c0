// SPDX-License-Identifier: MIT
// A multiplier as text, for programs that evaluate it elsewhere.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace steq {

/// Names with their values.
using Symbols = std::vector<std::pair<std::string, double>>;

/// q, unmasked, in muParser's syntax. Besides `symbols` it may name
///   u         distance from the threshold of its bin in units of delta, in [-1/2, 1/2]; periodic, also beyond the range
///   w         latent weight
///   W, delta  half of what the levels span, and the distance between two of them
///   g         sign of the gradient, 1 or -1
///   r         a number drawn for every weight and step, uniform in [0, 1)
///   epsilon   resolution of the numbers that are computed with, 2^-52 in double
/// and by their names the grid parameters of quantizer and estimator; and it may have sums, none inside another,
///   sum(t, EXPR)            over the thresholds t, with s the step between the levels that t separates
///   sum(j, FROM, TO, EXPR)  over the integers j from FROM to TO
struct ExpressionText {
  std::string text;
  Symbols symbols = {};
};

/// The text with (by) in place of every mention of that name.
std::string substituted(const std::string& text, const std::string& name, const std::string& by);

}  // namespace steq
