// SPDX-License-Identifier: MIT
// Bounds of the curvature of M over one step s from w: |M(w + s) - M(w) - M'(w) s|, M' = alpha / q, in weight units.
// Each is infinite where its constants or conditions do not hold. `q` is q(w) > 0.
#pragma once

#include "theory/bounds/theorem.hpp"

namespace steq::remainders {

/// alpha L' L+ / (2 L-) (s / q)^2: of all steps with the same gradient, where |s / q| = eta |h|.
double global(const StepConstants& constants, double q, double s);

/// alpha L' s^2 / (2 q L-).
double half_global(const StepConstants& constants, double q, double s);

/// alpha L' s^2 / (2 q q_min), q_min = max(L-, q - L' |s|), which no q on the step lies below.
double local(const StepConstants& constants, double q, double s);

/// (alpha / L') (-ln(1 - y) - y), y = L' |s| / q < 1: needs neither L- nor L+. Attained where q falls linearly.
double logarithmic(const StepConstants& constants, double q, double s);

/// (alpha / 2) Lip(1 / q) s^2, with Lip(1 / q) <= L' / L-^2.
double reciprocal(const StepConstants& constants, double q, double s);

}  // namespace steq::remainders
