// SPDX-License-Identifier: MIT
#include "theory/passing_gradient.hpp"

#include <algorithm>

namespace steq {

template <class T>
void passing_gradient(const UpdateView<T>& view, std::size_t tensor, std::size_t first, std::span<double> gradient) {
  const WeightTensor<T>& weights = view.learner.tensors()[tensor];
  std::copy_n(view.gradients[tensor].data() + first, gradient.size(), gradient.begin());
  weights.close_gate(first, gradient);
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
