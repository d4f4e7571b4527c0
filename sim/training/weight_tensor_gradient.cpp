// SPDX-License-Identifier: MIT
// What becomes of the gradient of a block before the optimizer's rule sees it.
#include <array>

#include "sim/core/stripes.hpp"
#include "sim/training/weight_tensor.hpp"

namespace steq {

/// Lets the estimator work on the gradient and clips each value.
template <class T>
void WeightTensor<T>::estimate(std::size_t block, const UpdateJob<T>& job, std::span<T> gradient) const {
  for (const GroupPart& s : parts(block)) {
    const BlockPlace here = place(job.context.update, s);
    BlockPlace drawn = here;
    drawn.step = job.context.update - 1;  // when the values of now were drawn
    const std::span<const T> w = latent().subspan(s.first, s.size);
    const std::span<T> g = gradient.subspan(s.first - block * kBlock, s.size);
    estimator_->multiply(w, g, here);
    quantizer_->multiply_slope(w, g, drawn);
    estimator_->gate().close(w, levels().subspan(s.first, s.size), here.frame, quantizer_->grid().highest(), g);
  }
  if (const double limit = optimizer_->options().clip_value; limit > 0) clip_each(gradient, limit);
}

template <class T>
void WeightTensor<T>::gather(const UpdateJob<T>& job) {
  grid_->gather(GroupGradients<T>{.w = latent(),
                                  .value = values(),
                                  .gradient = job.gradients[index_].span(),
                                  .factor = optimizer_->options().clip_before_estimator ? job.gradient_factor : 1});
}

/// The gradient of a block as the rule sees it but for decay: the norm is clipped after the estimator, or before it.
template <class T>
void WeightTensor<T>::prepare(std::size_t block, const UpdateJob<T>& job, std::span<T> gradient) const {
  std::copy_n(raw(block, job).data(), gradient.size(), gradient.data());
  const bool before = optimizer_->options().clip_before_estimator;
  if (!before) estimate(block, job, gradient);
  if (job.gradient_factor != 1)
    for (T& x : gradient) x *= static_cast<T>(job.gradient_factor);
  if (before) estimate(block, job, gradient);
}

template <class T>
double WeightTensor<T>::gradient_square(std::size_t block, const UpdateJob<T>& job) const {
  const std::size_t n = size_of(block);
  alignas(64) std::array<T, kBlock> g;
  std::copy_n(raw(block, job).data(), n, g.data());
  if (!optimizer_->options().clip_before_estimator) estimate(block, job, std::span(g).first(n));
  alignas(64) std::array<double, kBlock> squares;
  for (std::size_t i = 0; i < n; ++i) squares[i] = double{g[i]} * double{g[i]};
  return striped_sum<double>(std::span(squares).first(n));
}

template <class T>
void WeightTensor<T>::close_gate(std::size_t first, std::span<double> gradient) const {
  for (const GroupPart& s : parts(first / kBlock))
    estimator_->gate().close(latent().subspan(s.first, s.size), levels().subspan(s.first, s.size),
                             grid_->frame(s.group), quantizer_->grid().highest(),
                             gradient.subspan(s.first - first, s.size));
}

template class WeightTensor<float>;
template class WeightTensor<double>;

}  // namespace steq
