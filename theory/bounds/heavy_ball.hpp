// SPDX-License-Identifier: MIT
#pragma once

#include "theory/bounds/theorem.hpp"

namespace steq {

/// Theorem S for plain SGD, theorem H with momentum. M'(w) s_Q + alpha eta u is measured (for plain SGD it is the
/// rounding of the step); to it comes a remainder for the curvature of M: S1 global, S2 local, S3 logarithmic,
/// S4 by Lip(1 / q); H logarithmic, H-global with L-.
std::unique_ptr<Theorem> heavy_ball_theorem(const HeavyBall& rule, const StepConstants& constants);

}  // namespace steq
