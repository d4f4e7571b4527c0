// SPDX-License-Identifier: MIT
#include "sim/quantizers/sigmoid_steps.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/padded.hpp"

namespace steq {
namespace {

constexpr double kClamp = 10;

using Form = ForwardSlope::Form;

/// sig'(z) = e / (1 + e)^2 with e = exp(-|z|), which loses nothing far out.
template <class T>
BlockArray<T> slope_of(const BlockArray<T>& z) {
  const BlockArray<T> e = (-z.abs()).exp();
  return e / (1 + e).square();
}

double sigmoid(double z) { return 1 / (1 + std::exp(-z)); }

/// The integral of what stands for sig'(z), by z; of `wide` for z at temperature 1.
double step_of(Form form, double z) {
  if (form != Form::clamped) return sigmoid(z);
  const double cut = std::clamp(z, -kClamp, kClamp), end = sigmoid(-kClamp);
  return sigmoid(cut) + end * (1 - end) * (z - cut);
}

}  // namespace

double SigmoidSteps::height(std::size_t level) const {
  double height = -offset_;
  for (std::size_t i = 0; i < level; ++i) height += heights_[i];
  return height;
}

template <class T>
void SigmoidSteps::values_in(std::span<const T> w, std::span<T> value, std::span<const double> numbers) const {
  const std::span<const double> b = thresholds(numbers);
  const BlockArray<T> x = padded(w) * static_cast<T>(numbers[1]);
  BlockArray<T> sum = BlockArray<T>::Constant(x.size(), static_cast<T>(-offset_));
  for (std::size_t i = 0; i < heights_.size(); ++i)
    sum += static_cast<T>(heights_[i]) / (1 + (static_cast<T>(-numbers[2]) * (x - static_cast<T>(b[i]))).exp());
  sum *= static_cast<T>(numbers[0]);
  std::copy_n(sum.data(), value.size(), value.data());
}

template <class T>
void SigmoidSteps::turn_in(Form form, std::span<T> w, std::span<const double> numbers) const {
  const std::span<const double> b = thresholds(numbers);
  const double temperature = form == Form::wide ? 1 : numbers[2];
  const BlockArray<T> x = padded(std::span<const T>(w)) * static_cast<T>(numbers[1]);
  BlockArray<T> sum = BlockArray<T>::Zero(x.size());
  for (std::size_t i = 0; i < heights_.size(); ++i) {
    BlockArray<T> z = static_cast<T>(temperature) * (x - static_cast<T>(b[i]));
    if (form == Form::clamped) z = z.max(static_cast<T>(-kClamp)).min(static_cast<T>(kClamp)).eval();
    sum += static_cast<T>(heights_[i]) * slope_of(z);
  }
  sum *= static_cast<T>(numbers[0] * numbers[1] * numbers[2]);
  std::copy_n(sum.data(), w.size(), w.data());
}

double SigmoidSteps::rise(Form form, double w, std::span<const double> numbers) const {
  const std::span<const double> b = thresholds(numbers);
  const double temperature = form == Form::wide ? 1 : numbers[2];
  double sum = 0;
  for (std::size_t i = 0; i < heights_.size(); ++i) {
    const double at_zero = -temperature * b[i];
    sum += heights_[i] * (step_of(form, temperature * numbers[1] * w + at_zero) - step_of(form, at_zero));
  }
  return numbers[0] * sum * numbers[2] / temperature;
}

void SigmoidSteps::values(std::span<const float> w, std::span<float> value, std::span<const double> numbers) const {
  values_in(w, value, numbers);
}
void SigmoidSteps::values(std::span<const double> w, std::span<double> value, std::span<const double> numbers) const {
  values_in(w, value, numbers);
}
void SigmoidSteps::turn(Form form, std::span<float> w, std::span<const double> numbers) const {
  turn_in(form, w, numbers);
}
void SigmoidSteps::turn(Form form, std::span<double> w, std::span<const double> numbers) const {
  turn_in(form, w, numbers);
}

}  // namespace steq
