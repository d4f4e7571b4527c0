// SPDX-License-Identifier: MIT
#include "sim/quantizers/sigmoid_steps.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/padded.hpp"

namespace steq {
namespace {

constexpr double kClamp = 10;

/// exp() of it, and of its negative, is finite and not denormal.
template <class T>
constexpr double kFinite = sizeof(T) == sizeof(float) ? 80 : 700;

using Form = ForwardSlope::Form;

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

/// visit(exp(-z), sig(z), height) for each step, with z its argument T (beta w - b) of all weights: then sig'(z) =
/// exp(-z) sig(z)^2. Far from the step exp(-z) is held finite and normal. Steps that are near each other share their
/// exponential: exp(-T (x - b)) = exp(-T (x - c)) exp(T (b - c)).
template <class T, class Visit>
void SigmoidSteps::for_each_step(Form form, std::span<const T> w, std::span<const double> numbers,
                                 const Visit& visit) const {
  const std::span<const double> b = thresholds(numbers);
  const double temperature = form == Form::wide ? 1 : numbers[2], centre = (b.front() + b.back()) / 2;
  const bool near = temperature * (b.back() - centre) < kFinite<T> / 4;
  const double most = form == Form::clamped ? kClamp : kFinite<T>;
  const BlockArray<T> x = padded(w) * static_cast<T>(-numbers[1]);
  const auto decay = [&](double at, double end) -> BlockArray<T> {
    return (static_cast<T>(temperature) * (x + static_cast<T>(at)))
        .min(static_cast<T>(end))
        .max(static_cast<T>(-end))
        .exp();
  };
  BlockArray<T> shared, e, sigmoid;
  if (near) shared = decay(centre, kFinite<T> / 2);
  for (std::size_t i = 0; i < heights_.size(); ++i) {
    if (near)
      e = (shared * static_cast<T>(std::exp(temperature * (b[i] - centre))))
              .min(static_cast<T>(std::exp(most)))
              .max(static_cast<T>(std::exp(-most)));
    else
      e = decay(b[i], most);
    sigmoid = 1 / (1 + e);
    visit(e, sigmoid, static_cast<T>(heights_[i]));
  }
}

template <class T>
void SigmoidSteps::values_in(std::span<const T> w, std::span<T> value, std::span<const double> numbers) const {
  BlockArray<T> sum = BlockArray<T>::Constant(padded_size(w.size()), static_cast<T>(-offset_));
  for_each_step(Form::exact, w, numbers, [&](const auto&, const auto& sigmoid, T height) { sum += height * sigmoid; });
  sum *= static_cast<T>(numbers[0]);
  std::copy_n(sum.data(), value.size(), value.data());
}

template <class T>
void SigmoidSteps::turn_in(Form form, std::span<T> w, std::span<const double> numbers) const {
  BlockArray<T> sum = BlockArray<T>::Zero(padded_size(w.size()));
  for_each_step(form, std::span<const T>(w), numbers,
                [&](const auto& e, const auto& sigmoid, T height) { sum += height * (e * sigmoid) * sigmoid; });
  sum *= static_cast<T>(numbers[0] * numbers[1] * numbers[2]);
  std::copy_n(sum.data(), w.size(), w.data());
}

template <class T>
void SigmoidSteps::both_in(std::span<T> w, std::span<T> value, std::span<const double> numbers) const {
  BlockArray<T> sum = BlockArray<T>::Constant(padded_size(w.size()), static_cast<T>(-offset_)),
                slope = BlockArray<T>::Zero(sum.size());
  for_each_step(Form::exact, std::span<const T>(w), numbers, [&](const auto& e, const auto& sigmoid, T height) {
    sum += height * sigmoid;
    slope += height * (e * sigmoid) * sigmoid;
  });
  sum *= static_cast<T>(numbers[0]);
  slope *= static_cast<T>(numbers[0] * numbers[1] * numbers[2]);
  std::copy_n(sum.data(), value.size(), value.data());
  std::copy_n(slope.data(), w.size(), w.data());
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
void SigmoidSteps::values_and_slopes(std::span<float> w, std::span<float> value,
                                     std::span<const double> numbers) const {
  both_in(w, value, numbers);
}
void SigmoidSteps::values_and_slopes(std::span<double> w, std::span<double> value,
                                     std::span<const double> numbers) const {
  both_in(w, value, numbers);
}
void SigmoidSteps::turn(Form form, std::span<float> w, std::span<const double> numbers) const {
  turn_in(form, w, numbers);
}
void SigmoidSteps::turn(Form form, std::span<double> w, std::span<const double> numbers) const {
  turn_in(form, w, numbers);
}

}  // namespace steq
