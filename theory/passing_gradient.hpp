// SPDX-License-Identifier: MIT
#pragma once

#include "sim/training/observer.hpp"

namespace steq {

/// dL/dQ(w) of at most kBlock weights of a tensor, from `first` on: 0 where the estimator masks it, before any q. The
/// mask is looked at in the learner's precision, as the learner does.
template <class T>
void passing_gradient(const UpdateView<T>& view, std::size_t tensor, std::size_t first, std::span<double> gradient);

/// The same of a whole tensor.
template <class T>
void passing_gradient(const UpdateView<T>& view, std::size_t tensor, std::span<double> gradient);

}  // namespace steq
