// SPDX-License-Identifier: MIT
// Numerical integration and root-finding, for everything that has no closed form.
#pragma once

#include <functional>
#include <vector>

namespace steq {

using Function = std::function<double(double)>;

/// Integral of a positive f over [a, b], adaptive Gauss-Kronrod on the pieces between `kinks` (those outside (a, b) are
/// ignored). Relative error about 1e-14 for a smooth f; infinity where refinement does not settle, as with a divergent
/// integral.
double integrate(const Function& f, double a, double b, std::vector<double> kinks = {});

/// The x in [low, high] with f(x) = y for an increasing f, to the last bits; the nearer end where y lies outside
/// [f(low), f(high)]. f may be infinite towards the ends.
double find_root(const Function& f, double y, double low, double high);

}  // namespace steq
