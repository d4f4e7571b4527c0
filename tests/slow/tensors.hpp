// SPDX-License-Identifier: MIT
// A second network, written from the definitions with plain loops in double, to hold the engine against. It shares no
// code with sim/nn: whole batches at once, N, C, H, W, one layer after the other, nothing in place.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace steq::slow {

using Values = std::vector<double>;
using Tensors = std::map<std::string, Values>;

/// A batch of images [n, c, h, w].
struct Images {
  long n = 0, c = 1, h = 1, w = 1;
  Values v;

  Images() = default;
  Images(long n_, long c_, long h_, long w_)
      : n(n_), c(c_), h(h_), w(w_), v(static_cast<std::size_t>(n_ * c_ * h_ * w_)) {}

  double& at(long i, long k, long y, long x) { return v[static_cast<std::size_t>(((i * c + k) * h + y) * w + x)]; }
  double at(long i, long k, long y, long x) const { return v[static_cast<std::size_t>(((i * c + k) * h + y) * w + x)]; }
  bool inside(long y, long x) const { return y >= 0 && y < h && x >= 0 && x < w; }

  /// visit(i, k, y, x)
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (long i = 0; i < n; ++i)
      for (long k = 0; k < c; ++k)
        for (long y = 0; y < h; ++y)
          for (long x = 0; x < w; ++x) visit(i, k, y, x);
  }
};

inline Images like(const Images& x) { return {x.n, x.c, x.h, x.w}; }

/// What the layers of a network work on, by tensor name.
struct State {
  Tensors weights, gradients, statistics;
  bool training = true;
  std::function<double(double)> activation = {}, activation_slope = {};  ///< of layers `quantize`; null: the identity
};

class Layer {
 public:
  virtual ~Layer() = default;
  virtual Images forward(const Images& x, State& state) = 0;
  /// Gradient of the input; that of the weights goes to state.gradients.
  virtual Images backward(const Images& dy, State& state) = 0;
};

}  // namespace steq::slow
