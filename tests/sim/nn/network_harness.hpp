// SPDX-License-Identifier: MIT
// Networks, images and weights for tests: the engine's network with arrays of its own, and the slow one with the same.
#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "sim/core/random.hpp"
#include "sim/core/sums.hpp"
#include "sim/nn/graph_builder.hpp"
#include "sim/nn/network.hpp"
#include "tests/slow/network.hpp"

namespace steq::test {

/// Layers in the SPEC notation of the command line: {"conv2d:name=c,out=2,kernel=3", "relu"}.
inline std::vector<LayerSpec> layers(const std::vector<std::string>& specs) {
  std::vector<LayerSpec> list;
  for (const std::string& spec : specs) list.push_back({parse_spec(spec, "layer")});
  return list;
}

inline LayerSpec residual(std::vector<LayerSpec> branch, std::vector<LayerSpec> shortcut = {}) {
  return {{"residual", {}}, std::move(branch), std::move(shortcut)};
}

inline Dataset random_dataset(const SampleShape& image, std::size_t size, std::size_t classes, std::uint64_t seed = 1) {
  Dataset data{image, std::vector<std::uint8_t>(size * image.size()), std::vector<std::uint8_t>(size)};
  RandomStream random(seed, Purpose::synthetic_data, 0, 0);
  for (std::uint8_t& pixel : data.pixels) pixel = static_cast<std::uint8_t>(random());
  for (std::uint8_t& label : data.labels) label = static_cast<std::uint8_t>(random() % classes);
  return data;
}

/// All different from their usual start: weights and biases in [-a, a], a = sqrt(3 / fan_in); norms' weights near 1. As
/// a float has them.
inline std::vector<std::vector<double>> random_weights(const std::vector<TensorInfo>& tensors, std::uint64_t seed = 1) {
  std::vector<std::vector<double>> weights;
  for (const TensorInfo& tensor : tensors) {
    RandomStream random(seed, Purpose::initial_weights, 1, static_cast<std::uint32_t>(weights.size()));
    const double center = tensor.initialization == Initialization::ones ? 1 : 0;
    const double spread = center == 1 ? 0.4 : std::sqrt(3.0 / static_cast<double>(tensor.fan_in));
    std::vector<double>& values = weights.emplace_back(tensor.size());
    for (double& w : values) w = static_cast<float>(center + spread * (2 * random.uniform() - 1));
  }
  return weights;
}

/// Samples `first`, ... of a dataset, as the slow network takes them.
inline slow::Images images(const Dataset& data, std::span<const std::uint32_t> samples) {
  const auto dim = [](std::size_t x) { return static_cast<long>(x); };
  slow::Images x(dim(samples.size()), dim(data.image.channels), dim(data.image.height), dim(data.image.width));
  const std::size_t size = data.image.size();
  for (std::size_t i = 0; i < x.v.size(); ++i) x.v[i] = data.pixels[samples[i / size] * size + i % size] / 255.0;
  return x;
}

inline std::vector<std::uint8_t> labels(const Dataset& data, std::span<const std::uint32_t> samples) {
  std::vector<std::uint8_t> labels;
  for (const std::uint32_t sample : samples) labels.push_back(data.labels[sample]);
  return labels;
}

/// In [-1, 1).
inline std::vector<float> random_floats(std::size_t size, std::uint32_t index) {
  RandomStream random(7, Purpose::synthetic_data, 0, index);
  std::vector<float> values(size);
  for (float& value : values) value = static_cast<float>(2 * random.uniform() - 1);
  return values;
}

inline std::vector<std::uint32_t> first_samples(std::size_t n) {
  std::vector<std::uint32_t> samples(n);
  std::iota(samples.begin(), samples.end(), 0u);
  return samples;
}

/// The engine's network with one learner's arrays.
template <class T>
class Harness {
 public:
  Network<T> network;
  std::vector<Buffer<T>> weights, statistics;

  std::optional<Rounding> rounding = {};
  std::vector<ActivationRule> activations = {};

  Harness(const ModelSpec& model, std::size_t batch_size, int threads = 1, Fusions fusions = Fusions::all)
      : network(model, batch_size, threads, fusions), losses_(batch_size) {
    for (const TensorInfo& tensor : network.tensors())
      weights.emplace_back(tensor.size()), gradients_.emplace_back(tensor.size());
    for (const StatisticInfo& info : network.statistics())
      std::fill_n(statistics.emplace_back(info.size).data(), info.size, static_cast<T>(info.initial));
    set(random_weights(network.tensors()));
  }

  void set(const std::vector<std::vector<double>>& values) {
    for (std::size_t t = 0; t < values.size(); ++t)
      std::transform(values[t].begin(), values[t].end(), weights[t].data(), [](double w) { return static_cast<T>(w); });
  }

  /// Mean loss of the first samples of the data, as many as a batch holds.
  double train(const Dataset& data) {
    const std::vector<std::uint32_t> samples = first_samples(losses_.size());
    network.train({&data, samples}, arrays(), losses_);
    return pairwise_sum(0, losses_.size(), [&](std::size_t i) { return losses_[i].loss; }) /
           static_cast<double>(losses_.size());
  }

  /// Of the last training pass.
  std::vector<double> gradient(std::size_t tensor) const {
    return {gradients_[tensor].span().begin(), gradients_[tensor].span().end()};
  }

  std::vector<double> evaluate(const Dataset& data) {
    std::vector<T> logits(data.size() * network.classes());
    network.evaluate(data, arrays(), logits);
    return {logits.begin(), logits.end()};
  }

 private:
  LearnerArrays<T> arrays() {
    LearnerArrays<T> arrays;
    for (const Buffer<T>& tensor : weights) arrays.values.push_back(tensor.data());
    arrays.statistics = pointers(statistics);
    arrays.gradients = pointers(gradients_);
    arrays.rounding = rounding;
    arrays.activations = activations;
    return arrays;
  }

  std::vector<Buffer<T>> gradients_;
  std::vector<SampleLoss> losses_;
};

/// The slow network with the same weights.
template <class T>
slow::Network slow_twin(const ModelSpec& model, const Harness<T>& harness) {
  slow::Network twin(model);
  for (std::size_t t = 0; t < harness.weights.size(); ++t)
    twin.state.weights[harness.network.tensors()[t].name].assign(harness.weights[t].span().begin(),
                                                                 harness.weights[t].span().end());
  return twin;
}

inline double largest(const std::vector<double>& values) {
  double largest = 0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  return largest;
}

/// Largest difference, as a share of `scale`, by default the largest value of b; infinite where there is a NaN.
inline double difference(const std::vector<double>& a, const std::vector<double>& b, double scale = 0) {
  if (a.size() != b.size()) return INFINITY;
  double apart = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!std::isfinite(a[i] - b[i])) return INFINITY;
    apart = std::max(apart, std::abs(a[i] - b[i]));
  }
  return apart == 0 ? 0 : apart / (scale > 0 ? scale : largest(b));
}

}  // namespace steq::test
