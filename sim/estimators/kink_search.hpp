// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <vector>

namespace steq {

using Curve = std::function<double(double)>;

/// Where a function jumps, and where it is continuous but its slope jumps; ascending.
struct Kinks {
  std::vector<double> jumps;
  std::vector<double> bends;
};

/// The kinks of f inside (x.front(), x.back()), found where the samples y = f(x) at equidistant x are out of line with
/// their neighbours: jumps to the last bit, bends to about 1e-8. Two within a few samples of each other can hide.
Kinks find_kinks(const Curve& f, const std::vector<double>& x, const std::vector<double>& y);

}  // namespace steq
