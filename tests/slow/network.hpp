// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>
#include <memory>
#include <stdexcept>

#include "sim/nn/spec.hpp"
#include "tests/slow/batch_norm.hpp"
#include "tests/slow/layers.hpp"

namespace steq::slow {

class Chain : public Layer {
 public:
  explicit Chain(const std::vector<LayerSpec>& specs);

  Images forward(const Images& x, State& state) override {
    Images y = x;
    for (auto& layer : layers_) y = layer->forward(y, state);
    return y;
  }
  Images backward(const Images& dy, State& state) override {
    Images dx = dy;
    for (std::size_t k = layers_.size(); k-- > 0;) dx = layers_[k]->backward(dx, state);
    return dx;
  }

 private:
  std::vector<std::unique_ptr<Layer>> layers_;
};

class Quantize : public Layer {
 public:
  Images forward(const Images& x, State& state) override {
    x_ = x;
    Images y = x;
    for (double& value : y.v) value = state.activation ? state.activation(value) : value;
    return y;
  }
  Images backward(const Images& dy, State& state) override {
    Images dx = dy;
    for (std::size_t i = 0; i < dx.v.size(); ++i)
      dx.v[i] *= state.activation_slope ? state.activation_slope(x_.v[i]) : 1;
    return dx;
  }

 private:
  Images x_;
};

class Residual : public Layer {
 public:
  explicit Residual(const LayerSpec& spec) : branch_(spec.branch), shortcut_(spec.shortcut) {}

  Images forward(const Images& x, State& state) override {
    return sum(branch_.forward(x, state), shortcut_.forward(x, state));
  }
  Images backward(const Images& dy, State& state) override {
    return sum(branch_.backward(dy, state), shortcut_.backward(dy, state));
  }

 private:
  static Images sum(Images a, const Images& b) {
    for (std::size_t i = 0; i < a.v.size(); ++i) a.v[i] += b.v[i];
    return a;
  }

  Chain branch_, shortcut_;
};

/// The values that a layer's spec gives, with the documented defaults.
class Given {
 public:
  explicit Given(const Spec& spec) : values_(spec.values) {}

  template <class T>
  T get(const std::string& key, T fallback) const {
    const auto found = values_.find(key);
    return found != values_.end() && std::holds_alternative<T>(found->second) ? std::get<T>(found->second) : fallback;
  }
  long integer(const std::string& key, long fallback) const { return get<std::int64_t>(key, fallback); }
  std::string text(const std::string& key) const { return get<std::string>(key, ""); }

 private:
  steq::Values values_;
};

inline std::unique_ptr<Layer> make_layer(const LayerSpec& spec) {
  const std::string& type = spec.type.name;
  const Given given(spec.type);
  if (type == "relu") return std::make_unique<Relu>();
  if (type == "quantize") return std::make_unique<Quantize>();
  if (type == "flatten") return std::make_unique<Flatten>();
  if (type == "residual") return std::make_unique<Residual>(spec);
  if (type == "dense")
    return std::make_unique<Conv>(dense(given.text("name"), given.integer("out", 0), given.get("bias", true)));
  if (type == "conv2d") {
    Conv conv = dense(given.text("name"), given.integer("out", 0), given.get("bias", true));
    conv.kernel = given.integer("kernel", 0), conv.stride = given.integer("stride", 1);
    conv.padding = given.integer("padding", 0), conv.same = given.text("padding") == "same";
    return std::make_unique<Conv>(conv);
  }
  if (type == "batch_norm2d") {
    BatchNorm norm;
    norm.name = given.text("name");
    norm.momentum = given.get("momentum", 0.1), norm.epsilon = given.get("epsilon", 1e-5);
    return std::make_unique<BatchNorm>(norm);
  }
  if (!type.ends_with("pool2d")) throw std::invalid_argument("no slow layer " + type);
  Pool pool;
  pool.maximum = type == "max_pool2d";
  if (type != "global_avg_pool2d")
    pool.kernel = given.integer("kernel", 2), pool.stride = given.integer("stride", pool.kernel),
    pool.padding = given.integer("padding", 0);
  return std::make_unique<Pool>(pool);
}

inline Chain::Chain(const std::vector<LayerSpec>& specs) {
  for (const LayerSpec& spec : specs) layers_.push_back(make_layer(spec));
}

class Network {
 public:
  State state;

  explicit Network(const ModelSpec& model) : layers_(model.layers) {}

  /// Mean cross-entropy of the batch; overwrites the gradients and updates the statistics.
  double train(const Images& x, const std::vector<std::uint8_t>& labels) {
    state.training = true;
    Images slope = layers_.forward(x, state);
    double loss = 0;
    for (long i = 0; i < x.n; ++i) {
      double sum = 0;
      for (long c = 0; c < slope.c; ++c) sum += std::exp(slope.at(i, c, 0, 0));
      const long label = labels[static_cast<std::size_t>(i)];
      loss += (std::log(sum) - slope.at(i, label, 0, 0)) / static_cast<double>(x.n);
      for (long c = 0; c < slope.c; ++c)
        slope.at(i, c, 0, 0) = (std::exp(slope.at(i, c, 0, 0)) / sum - (c == label)) / static_cast<double>(x.n);
    }
    layers_.backward(slope, state);
    return loss;
  }

  /// Logits [n, classes], by the running statistics.
  Values evaluate(const Images& x) {
    state.training = false;
    return layers_.forward(x, state).v;
  }

 private:
  Chain layers_;
};

}  // namespace steq::slow
