// SPDX-License-Identifier: MIT
// Training of one learner with the slow network: quantize, pass, estimate, update, one weight after the other.
#pragma once

#include "tests/slow/network.hpp"
#include "tests/slow/recipe.hpp"

namespace steq::slow {

struct Change {
  long step, weight;
  int level;
  bool operator==(const Change&) const = default;
};

class Learner {
 public:
  /// One trained tensor; the estimator matters only where it is quantized.
  struct Tensor {
    std::string name;
    bool quantize;
    SoftStep estimator;
    double rate_factor;
    Values latent;
    std::vector<Optimizer::Moments> moments = {};
    std::vector<int> levels = {};
    std::vector<Change> changes = {};
  };

  std::vector<Tensor> tensors;

  Learner(const ModelSpec& model, std::vector<Tensor> start, const Optimizer& optimizer)
      : tensors(std::move(start)), network_(model), optimizer_(optimizer) {
    for (Tensor& tensor : tensors) {
      tensor.moments.resize(tensor.latent.size());
      quantize(tensor);
    }
  }

  /// Update t = 1, 2, ...; the mean loss before it.
  double step(const Images& x, const std::vector<std::uint8_t>& labels, double rate, int t) {
    const double loss = network_.train(x, labels);
    const double factor = norm_factor();
    for (Tensor& tensor : tensors) {
      for (std::size_t i = 0; i < tensor.latent.size(); ++i) {
        double& w = tensor.latent[i];
        const double g = factor * gradient(tensor, i) + optimizer_.weight_decay * w;
        w -= rate * optimizer_.decoupled_decay * w;
        w += optimizer_.change(g, rate * tensor.rate_factor, t, tensor.moments[i]);
      }
      const std::vector<int> before = tensor.levels;
      quantize(tensor);
      for (std::size_t i = 0; i < before.size(); ++i)
        if (tensor.levels[i] != before[i]) tensor.changes.push_back({t, static_cast<long>(i), tensor.levels[i]});
    }
    return loss;
  }

 private:
  /// By way of the estimator, clipped.
  double gradient(const Tensor& tensor, std::size_t i) const {
    const double q = tensor.quantize ? tensor.estimator.derivative(tensor.latent[i]) : 1;
    const double g = q * network_.state.gradients.at(tensor.name)[i], limit = optimizer_.clip_value;
    return limit > 0 ? std::fmax(-limit, std::fmin(limit, g)) : g;
  }

  double norm_factor() const {
    double square = 0;
    for (const Tensor& tensor : tensors)
      for (std::size_t i = 0; i < tensor.latent.size(); ++i) square += gradient(tensor, i) * gradient(tensor, i);
    return optimizer_.clip_norm > 0 ? std::fmin(1, optimizer_.clip_norm / (std::sqrt(square) + 1e-6)) : 1;
  }

  void quantize(Tensor& tensor) {
    Values& values = network_.state.weights[tensor.name];
    values = tensor.latent;
    if (!tensor.quantize) return;
    tensor.levels.clear();
    for (double& value : values) {
      tensor.levels.push_back(tensor.estimator.grid.level(value));
      value = tensor.estimator.grid.value(tensor.levels.back());
    }
  }

  Network network_;
  Optimizer optimizer_;
};

}  // namespace steq::slow
