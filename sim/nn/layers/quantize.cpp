// SPDX-License-Identifier: MIT
// The place in a model where learners quantize activations, and the errors that come back.
#include <algorithm>
#include <array>
#include <cmath>

#include "sim/nn/graph_builder.hpp"

namespace steq::layers {
namespace {

template <class T>
class Quantize final : public Layer<T> {
 public:
  Quantize(std::string name, const SampleShape& shape) : name_(std::move(name)), shape_(shape) {}

  SampleShape output_shape() const override { return shape_; }
  LayerTraits traits() const override { return {.by_strips = true}; }
  std::vector<ActivationInfo> activations() const override { return {{name_, shape_.size()}}; }

  void prepare(const LayerArrays<T>& learner) override {
    rule_ = learner.activations.empty() ? ActivationRule() : learner.activations[0];
  }

  void forward(const Pass<T>& pass) override {
    if (!rule_.largest.empty()) measure(pass);
    const bool passes = !rule_.quantizer || !rule_.largest.empty();
    if (rule_.histogram) rule_.histogram->add(std::span<const T>(pass.x, pass.n * shape_.size()));
    for_each_block(pass, [&](std::size_t i, std::size_t n, std::size_t at) {
      if (passes) return static_cast<void>(std::copy_n(pass.x + i, n, pass.y + i));
      std::array<Level, kBlock> level;
      rule_.quantizer->quantize(std::span<const T>(pass.x + i, n), std::span(level).first(n), std::span(pass.y + i, n),
                                at_value(rule_.place, at));
    });
  }

  void backward(const Pass<T>& pass) override {
    if (!rule_.sums.empty()) add_gradients(pass);
    if (!pass.dx) return;
    for_each_block(pass, [&](std::size_t i, std::size_t n, std::size_t at) {
      std::array<T, kBlock> slope;
      const std::span<T> s = std::span(slope).first(n);
      std::copy_n(pass.x + i, n, s.begin());
      if (rule_.surrogate)
        rule_.surrogate->turn(s, at_value(rule_.place, at));
      else
        std::ranges::fill(s, T(1));
      for (std::size_t j = 0; j < n; ++j) pass.dx[i + j] = pass.dy[i + j] * s[j];
      if (rule_.errors) quantize_errors(std::span(pass.dx + i, n), at);
    });
  }

 private:
  static BlockPlace at_value(BlockPlace place, std::size_t first) {
    place.first = first;
    return place;
  }

  /// visit(first value in the pass, values, first value in the batch): blocks of one sample each.
  template <class Visit>
  void for_each_block(const Pass<T>& pass, const Visit& visit) const {
    const std::size_t size = shape_.size();
    for (std::size_t sample = 0; sample < pass.n; ++sample)
      for (std::size_t i = 0; i < size; i += kBlock)
        visit(sample * size + i, std::min(kBlock, size - i), (pass.first + sample) * size + i);
  }

  /// Of the error that each sample's own loss has.
  void quantize_errors(std::span<T> error, std::size_t at) const {
    const T batch = static_cast<T>(rule_.batch);
    std::array<Level, kBlock> level;
    std::array<T, kBlock> whole;
    const std::span<T> own = std::span(whole).first(error.size());
    for (std::size_t i = 0; i < error.size(); ++i) own[i] = error[i] * batch;
    rule_.errors->quantize(std::span<const T>(own), std::span(level).first(error.size()), error,
                           at_value(rule_.error_place, at));
    for (T& x : error) x /= batch;
  }

  /// A sample's sums are made by whoever has the sample: no thread changes them.
  void add_gradients(const Pass<T>& pass) const {
    const std::size_t learned = rule_.sums.size() / static_cast<std::size_t>(rule_.batch), size = shape_.size();
    const auto sums_of = [&](std::size_t i) { return rule_.sums.subspan((pass.first + i) * learned, learned); };
    for (std::size_t i = 0; i < pass.n; ++i) std::ranges::fill(sums_of(i), 0.0);
    for_each_block(pass, [&](std::size_t i, std::size_t n, std::size_t at) {
      rule_.quantizer->add_gradients(std::span<const T>(pass.x + i, n), std::span<const T>(pass.dy + i, n),
                                     at_value(rule_.place, at), sums_of(i / size));
    });
  }

  void measure(const Pass<T>& pass) const {
    for (std::size_t sample = 0; sample < pass.n; ++sample) {
      const T* x = pass.x + sample * shape_.size();
      T largest = 0;
      for (std::size_t i = 0; i < shape_.size(); ++i) largest = std::max(largest, std::abs(x[i]));
      rule_.largest[pass.first + sample] = static_cast<double>(largest);
    }
  }

  std::string name_;
  SampleShape shape_;
  ActivationRule rule_;
};

}  // namespace

LayerRegistry::Entry quantize() {
  return layer_entry({.name = "quantize",
                      .summary = "Where learners that name a quantizer for activations apply it; for all others the "
                                 "identity.",
                      .formula = "y = Q(x); dx = E(B dy slope(x)) / B, B the batch size",
                      .citation = "Gupta et al., arXiv:1502.02551, section 3",
                      .parameters = {{.name = "name",
                                      .kind = Kind::text,
                                      .meaning = "the layer's name, under which logs have its grid parameters"}}},
                     []<class T>(const Parameters& p, const LayerSpec&, GraphBuilder<T>& builder) {
                       builder.append(std::make_unique<Quantize<T>>(p.text("name"), builder.shape()));
                     });
}

}  // namespace steq::layers
