// SPDX-License-Identifier: MIT
#pragma once

#include "theory/bounds/theorem.hpp"

namespace steq {

/// Theorem A for Adam and RMSProp, M = identity. The own term is |s_Q + eta u|. A1 measures it. A2 bounds it by the
/// moments as they are; A3 by L', L-, the weight's largest step so far and how old its gradients are; to both comes
/// |s_Q + eta v|, the rounding of the learner's step.
std::unique_ptr<Theorem> adaptive_theorem(const AdaptiveMoments& rule, const StepConstants& constants,
                                          std::size_t weights);

/// For signSGD: A1 alone.
std::unique_ptr<Theorem> sign_theorem();

}  // namespace steq
