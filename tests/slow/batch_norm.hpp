// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>

#include "tests/slow/tensors.hpp"

namespace steq::slow {

/// Ioffe, Szegedy, arXiv:1502.03167, algorithm 1 and the six equations of section 3 for its gradients.
class BatchNorm : public Layer {
 public:
  std::string name;
  double momentum = 0.1, epsilon = 1e-5;

  Images forward(const Images& x, State& state) override {
    x_ = x;
    const auto channels = static_cast<std::size_t>(x.c);
    Values& running_mean = state.statistics.try_emplace(name + ".running_mean", Values(channels, 0.0)).first->second;
    Values& running_var = state.statistics.try_emplace(name + ".running_var", Values(channels, 1.0)).first->second;
    if (state.training) {
      measure();
      for (std::size_t c = 0; c < channels; ++c) {
        running_mean[c] = (1 - momentum) * running_mean[c] + momentum * mean_[c];
        running_var[c] = (1 - momentum) * running_var[c] + momentum * var_[c] * count() / std::max(count() - 1, 1.0);
      }
    } else {
      mean_ = running_mean, var_ = running_var;
    }
    Images y = like(x);
    y.for_each([&](long i, long k, long r, long s) {
      const auto c = static_cast<std::size_t>(k);
      const double normalized = (x.at(i, k, r, s) - mean_[c]) / std::sqrt(var_[c] + epsilon);
      y.at(i, k, r, s) = state.weights.at(name + ".weight")[c] * normalized + state.weights.at(name + ".bias")[c];
    });
    return y;
  }

  Images backward(const Images& dy, State& state) override {
    const auto channels = static_cast<std::size_t>(x_.c);
    Values &dw = state.gradients[name + ".weight"], &db = state.gradients[name + ".bias"];
    dw.assign(channels, 0), db.assign(channels, 0);
    Values dvar(channels), dmean(channels), deviations(channels);
    const Values& weight = state.weights.at(name + ".weight");
    dy.for_each([&](long i, long k, long r, long s) {
      const auto c = static_cast<std::size_t>(k);
      const double d = x_.at(i, k, r, s) - mean_[c], root = std::sqrt(var_[c] + epsilon), g = dy.at(i, k, r, s);
      dw[c] += g * d / root;
      db[c] += g;
      dvar[c] += g * weight[c] * d * -0.5 / (root * root * root);
      dmean[c] -= g * weight[c] / root;
      deviations[c] += d;
    });
    for (std::size_t c = 0; c < channels; ++c) dmean[c] += dvar[c] * -2 * deviations[c] / count();
    Images dx = like(x_);
    dx.for_each([&](long i, long k, long r, long s) {
      const auto c = static_cast<std::size_t>(k);
      dx.at(i, k, r, s) = dy.at(i, k, r, s) * weight[c] / std::sqrt(var_[c] + epsilon) +
                          dvar[c] * 2 * (x_.at(i, k, r, s) - mean_[c]) / count() + dmean[c] / count();
    });
    return dx;
  }

 private:
  double count() const { return static_cast<double>(x_.n * x_.h * x_.w); }

  void measure() {
    mean_.assign(static_cast<std::size_t>(x_.c), 0), var_ = mean_;
    x_.for_each(
        [&](long i, long c, long r, long s) { mean_[static_cast<std::size_t>(c)] += x_.at(i, c, r, s) / count(); });
    x_.for_each([&](long i, long c, long r, long s) {
      const double d = x_.at(i, c, r, s) - mean_[static_cast<std::size_t>(c)];
      var_[static_cast<std::size_t>(c)] += d * d / count();
    });
  }

  Images x_;
  Values mean_, var_;
};

}  // namespace steq::slow
