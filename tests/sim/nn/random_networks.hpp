// SPDX-License-Identifier: MIT
// Networks that nobody would think of: any layer behind any other, blocks within blocks, images of a pixel or a few.
#pragma once

#include "tests/sim/nn/network_harness.hpp"

namespace steq::test {

class RandomNetwork {
 public:
  explicit RandomNetwork(std::uint32_t seed) : random_(11, Purpose::synthetic_data, 2, seed), norms_(seed % 3 != 0) {
    shape_ = {1 + below(3), 1 + below(9), 1 + below(9)};
    model.input = shape_;
    for (std::size_t i = 1 + below(8); i-- > 0;) append(model.layers, 2);
    if (below(2)) add(model.layers, "global_avg_pool2d");
    add(model.layers, "flatten");
    if (below(2)) add(model.layers, fmt::format("dense:name={},out={}", name(), 2 + below(14)));
    if (norms_ && below(2)) add(model.layers, "batch_norm2d:name=" + name());
    if (below(2)) add(model.layers, "relu");
    add(model.layers, "dense:name=last,out=3");
    batch = std::vector<std::size_t>{1, 2, 3, 4, 5, 7, 9, 13, 20, 37, 70}[below(11)];
  }

  ModelSpec model;
  std::size_t batch;

 private:
  using List = std::vector<LayerSpec>;

  std::size_t below(std::size_t n) { return random_() % n; }
  std::string name() { return "l" + std::to_string(names_++); }
  static void add(List& list, const std::string& spec) { list.push_back(layers({spec})[0]); }

  void convolve(List& list, std::size_t out, std::size_t kernel, std::size_t stride = 1) {
    add(list, fmt::format("conv2d:name={},out={},kernel={},stride={},padding=same,bias={}", name(), out, kernel, stride,
                          below(2) == 1));
    shape_ = {out, (shape_.height + stride - 1) / stride, (shape_.width + stride - 1) / stride};
  }

  /// A layer that leaves the shape as it is.
  void append_same(List& list, std::size_t depth) {
    const std::size_t kind = below(depth > 0 ? 5 : 4);
    if (kind == 0) convolve(list, shape_.channels, 3);
    if (kind == 1) convolve(list, shape_.channels, 1);
    if (kind == 2 && norms_) add(list, "batch_norm2d:name=" + name());
    if (kind == 2 || kind == 3) add(list, "relu");
    if (kind == 4) append_same_block(list, depth - 1);
  }

  void append(List& list, std::size_t depth) {
    const bool wide = shape_.height > 1 && shape_.width > 1;
    const std::size_t kind = below(9);
    if (kind == 0) return convolve(list, std::vector<std::size_t>{2, 3, 5, 16, 18, 32, 48}[below(7)], 3);
    if (kind == 1) return convolve(list, 4 * (1 + below(4)), 3, 2);
    if (kind == 4) return append_smaller_block(list, depth - 1);
    if ((kind != 2 && kind != 3) || !wide) return append_same(list, depth);
    add(list, kind == 2 ? "avg_pool2d" : "max_pool2d");
    shape_ = {shape_.channels, shape_.height / 2, shape_.width / 2};
  }

  void append_some(List& list, std::size_t most, std::size_t depth) {
    for (std::size_t i = below(most + 1); i-- > 0;) append_same(list, depth);
  }

  void append_same_block(List& list, std::size_t depth) {
    List branch, shortcut;
    append_same(branch, depth);
    append_some(branch, 3, depth);
    append_some(shortcut, 2, depth);
    if (branch.empty()) add(branch, "relu");
    list.push_back(residual(branch, shortcut));
  }

  void append_smaller_block(List& list, std::size_t depth) {
    List branch, shortcut;
    const SampleShape start = shape_;
    const std::size_t out = 3 * (1 + below(5));
    append_some(branch, 1, depth);
    convolve(branch, out, 3, 2);
    append_some(branch, 2, depth);
    shape_ = start;
    append_some(shortcut, 1, depth);
    convolve(shortcut, out, 1, 2);
    append_some(shortcut, 2, depth);
    list.push_back(residual(branch, shortcut));
  }

  RandomStream random_;
  bool norms_;
  SampleShape shape_;
  std::size_t names_ = 0;
};

}  // namespace steq::test
