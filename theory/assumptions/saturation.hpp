// SPDX-License-Identifier: MIT
#pragma once

#include "theory/assumptions/assumption.hpp"

namespace steq {

/// The |w| beyond which gradients are masked, in the STE's coordinates: M(reach) where the rule needs M, else the
/// reach; infinite where nothing is masked, or M has no end. Nothing where M is needed and does not exist.
std::optional<double> straightened_reach(const Estimator& estimator, const UpdateRule& rule);

}  // namespace steq
