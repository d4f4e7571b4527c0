// SPDX-License-Identifier: MIT
#include "sim/nn/rewrites.hpp"

#include "sim/nn/layers/avg_pool2d.hpp"
#include "sim/nn/layers/conv2d.hpp"
#include "sim/nn/layers/pooled_conv2d.hpp"
#include "sim/nn/layers/relu.hpp"

namespace steq {
namespace layers {
namespace {

/// Null where the node has another layer.
template <template <class> class Kind, class T>
const Kind<T>* as(const Node<T>& node) {
  return dynamic_cast<const Kind<T>*>(node.layer.get());
}

/// A convolution, a relu and the mean over 2 x 2 pixels, where there is a kernel for all three.
template <class T>
std::unique_ptr<Layer<T>> pooled_convolution(std::span<const Node<T>> chain) {
  const auto* conv = as<Conv2d>(chain[0]);
  const auto* pool = as<AvgPool2d>(chain[2]);
  if (!conv || !as<Relu>(chain[1]) || !pool) return nullptr;
  if (pool->windows().kernel != 2 || !pool->windows().partition()) return nullptr;
  auto kernel = make_pooled_conv_kernel<T>(conv->geometry());
  if (!kernel) return nullptr;
  return std::make_unique<PooledConv2d<T>>(conv->geometry().out, conv->weight(), conv->has_bias(), std::move(kernel));
}

/// A relu and a mean over windows.
template <class T>
std::unique_ptr<Layer<T>> rectified_mean(std::span<const Node<T>> chain) {
  const auto* pool = as<AvgPool2d>(chain[1]);
  if (!as<Relu>(chain[0]) || !pool) return nullptr;
  return std::make_unique<AvgPool2d<T>>(pool->windows(), true);
}

}  // namespace
}  // namespace layers

template <class T>
std::span<const Rewrite<T>> rewrites() {
  static const Rewrite<T> all[]{{"convolution, relu, 2 x 2 mean", 3, layers::pooled_convolution<T>},
                                {"relu, mean", 2, layers::rectified_mean<T>}};
  return all;
}

template std::span<const Rewrite<float>> rewrites<float>();
template std::span<const Rewrite<double>> rewrites<double>();

}  // namespace steq
