// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <utility>

#include "tests/slow/tensors.hpp"

namespace steq::slow {

class Conv : public Layer {
 public:
  std::string name;
  long out = 1, kernel = 1, stride = 1, padding = 0;
  bool same = false, bias = true;

  Images forward(const Images& x, State& state) override {
    x_ = x;
    Images y(x.n, out, output_size(x.h), output_size(x.w));
    const Values& weight = state.weights.at(name + ".weight");
    for_each(y, [&](long i, long o, long r, long s, long c, long yy, long xx, std::size_t k) {
      y.at(i, o, r, s) += weight[k] * x.at(i, c, yy, xx);
    });
    if (bias) y.for_each([&](long i, long o, long r, long s) { y.at(i, o, r, s) += bias_of(state.weights, o); });
    return y;
  }

  Images backward(const Images& dy, State& state) override {
    Images dx = like(x_);
    const Values& weight = state.weights.at(name + ".weight");
    Values& dw = state.gradients[name + ".weight"];
    dw.assign(weight.size(), 0);
    for_each(dy, [&](long i, long o, long r, long s, long c, long yy, long xx, std::size_t k) {
      dw[k] += dy.at(i, o, r, s) * x_.at(i, c, yy, xx);
      dx.at(i, c, yy, xx) += dy.at(i, o, r, s) * weight[k];
    });
    if (!bias) return dx;
    state.gradients[name + ".bias"].assign(static_cast<std::size_t>(out), 0);
    dy.for_each([&](long i, long o, long r, long s) { bias_of(state.gradients, o) += dy.at(i, o, r, s); });
    return dx;
  }

 private:
  double& bias_of(Tensors& tensors, long o) const { return tensors.at(name + ".bias")[static_cast<std::size_t>(o)]; }

  long output_size(long in) const {
    return same ? (in + stride - 1) / stride : (in + 2 * padding - kernel) / stride + 1;
  }
  long before(long in) const { return same ? std::max(0L, (output_size(in) - 1) * stride + kernel - in) / 2 : padding; }

  /// visit(sample, output channel, row, column, input channel, row, column, index of the weight)
  template <class Visit>
  void for_each(const Images& y, const Visit& visit) const {
    y.for_each([&](long i, long o, long r, long s) {
      for (long c = 0; c < x_.c; ++c)
        for (long a = 0; a < kernel; ++a)
          for (long b = 0; b < kernel; ++b) {
            const long yy = stride * r + a - before(x_.h), xx = stride * s + b - before(x_.w);
            if (!x_.inside(yy, xx)) continue;
            visit(i, o, r, s, c, yy, xx, static_cast<std::size_t>(((o * x_.c + c) * kernel + a) * kernel + b));
          }
    });
  }

  Images x_;
};

/// A dense layer is a convolution of 1 x 1 images.
inline Conv dense(std::string name, long out, bool bias) {
  Conv conv;
  conv.name = std::move(name), conv.out = out, conv.bias = bias;
  return conv;
}

class Relu : public Layer {
 public:
  Images forward(const Images& x, State&) override {
    x_ = x;
    Images y = x;
    for (double& value : y.v) value = std::max(value, 0.0);
    return y;
  }
  Images backward(const Images& dy, State&) override {
    Images dx = dy;
    for (std::size_t i = 0; i < dx.v.size(); ++i) dx.v[i] = x_.v[i] > 0 ? dy.v[i] : 0;
    return dx;
  }

 private:
  Images x_;
};

class Flatten : public Layer {
 public:
  Images forward(const Images& x, State&) override {
    x_ = x;
    Images y(x.n, x.c * x.h * x.w, 1, 1);
    y.v = x.v;
    return y;
  }
  Images backward(const Images& dy, State&) override {
    Images dx = like(x_);
    dx.v = dy.v;
    return dx;
  }

 private:
  Images x_;
};

/// Average or maximum over windows; the kernel of a global pool is 0.
class Pool : public Layer {
 public:
  long kernel = 0, stride = 1, padding = 0;  // only a maximum is padded
  bool maximum = false;

  Images forward(const Images& x, State&) override {
    x_ = x;
    Images y(x.n, x.c, (x.h + 2 * padding - rows()) / stride + 1, (x.w + 2 * padding - columns()) / stride + 1);
    y.for_each([&](long i, long c, long r, long s) {
      for_each_share(i, c, r, s,
                     [&](long yy, long xx, double share) { y.at(i, c, r, s) += share * x.at(i, c, yy, xx); });
    });
    return y;
  }

  Images backward(const Images& dy, State&) override {
    Images dx = like(x_);
    dy.for_each([&](long i, long c, long r, long s) {
      for_each_share(i, c, r, s,
                     [&](long yy, long xx, double share) { dx.at(i, c, yy, xx) += share * dy.at(i, c, r, s); });
    });
    return dx;
  }

 private:
  long rows() const { return kernel > 0 ? kernel : x_.h; }
  long columns() const { return kernel > 0 ? kernel : x_.w; }

  /// Where a window's value comes from: everywhere alike, or from its first maximum.
  template <class Visit>
  void for_each_share(long i, long c, long r, long s, const Visit& visit) const {
    const long top = r * stride - padding, left = s * stride - padding;
    long best_y = std::max(top, 0L), best_x = std::max(left, 0L);
    for (long yy = top; yy < top + rows(); ++yy)
      for (long xx = left; xx < left + columns(); ++xx) {
        if (!x_.inside(yy, xx)) continue;
        if (!maximum) visit(yy, xx, 1 / static_cast<double>(rows() * columns()));
        if (x_.at(i, c, yy, xx) > x_.at(i, c, best_y, best_x)) best_y = yy, best_x = xx;
      }
    if (maximum) visit(best_y, best_x, 1.0);
  }

  Images x_;
};

}  // namespace steq::slow
