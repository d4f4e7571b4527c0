// SPDX-License-Identifier: MIT
#include "theory/passing_gradient.hpp"

#include <cmath>

namespace steq {

template <class T>
void passing_gradient(const UpdateView<T>& view, std::size_t tensor, std::size_t first, std::span<double> gradient) {
  const WeightTensor<T>& weights = view.learner.tensors()[tensor];
  const double reach = weights.quantized() ? weights.estimator().reach() : kInfinity;
  const T end = static_cast<T>(reach);
  const T* dq = view.gradients[tensor].data() + first;
  for (std::size_t i = 0; i < gradient.size(); ++i)
    gradient[i] = std::abs(weights.latent()[first + i]) <= end ? static_cast<double>(dq[i]) : 0;
}

template <class T>
void passing_gradient(const UpdateView<T>& view, std::size_t tensor, std::span<double> gradient) {
  for (std::size_t first = 0; first < gradient.size(); first += kBlock)
    passing_gradient<T>(view, tensor, first, gradient.subspan(first, std::min(kBlock, gradient.size() - first)));
}

template void passing_gradient<float>(const UpdateView<float>&, std::size_t, std::size_t, std::span<double>);
template void passing_gradient<double>(const UpdateView<double>&, std::size_t, std::size_t, std::span<double>);

template void passing_gradient<float>(const UpdateView<float>&, std::size_t, std::span<double>);
template void passing_gradient<double>(const UpdateView<double>&, std::size_t, std::span<double>);

}  // namespace steq
