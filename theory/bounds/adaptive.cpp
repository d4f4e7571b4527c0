// SPDX-License-Identifier: MIT
#include "theory/bounds/adaptive.hpp"

#include <algorithm>
#include <cmath>

#include "theory/bounds/moment_history.hpp"

namespace steq {
namespace {

double own_term(const WeightStep& step) { return std::abs(step.displacement + step.shadow); }

class AdaptiveTheorem final : public Theorem {
 public:
  AdaptiveTheorem(const AdaptiveMoments& rule, const StepConstants& constants, std::size_t weights)
      : rule_(rule), constants_(constants), factors_(rule), histories_(weights), largest_steps_(weights, 0.0) {}

  std::vector<std::string> inequalities() const override { return {"A1", "A2", "A3"}; }

  void begin(Step step, double rate) override {
    rate_ = rate;
    factors_.advance(step);
  }

  void remember(std::size_t weight, double h, double q) override { histories_[weight].add(rule_.beta2, h, q); }

  void bound(std::size_t weight, const WeightStep& step, std::span<double> bounds) override {
    const double rounding = std::abs(step.displacement + step.rule);
    bounds[0] = own_term(step);
    bounds[1] = rounding + from_moments(histories_[weight], step);
    bounds[2] = rounding + from_history(weight, step);
    largest_steps_[weight] = std::max(largest_steps_[weight], step.in_domain ? std::abs(step.displacement) : kInfinity);
  }

  void archive(Archive& a) override { a(factors_, rate_, histories_, largest_steps_); }

 private:
  /// A2: eta (c1 |a| + |U| (c2 b + epsilon |1 - 1/q|)) / D, D the denominator over q; c1 a is the difference of the two
  /// numerators over q, and each numerator is update times denominator.
  double from_moments(const GradientHistory& history, const WeightStep& step) const {
    const double plain = factors_.second() * std::sqrt(history.plain_moment()) + rule_.epsilon;
    const double weighted = (factors_.second() * std::sqrt(history.moment()) + rule_.epsilon) / step.q;
    const double numerators = std::abs(step.rule * weighted - step.shadow * plain);
    const double denominators = factors_.second() * history.spread() + rule_.epsilon * std::abs(1 - 1 / step.q);
    return (numerators + std::abs(step.shadow) * denominators) / weighted;
  }

  /// A3: eta (s L' / L- (K + B A) + B epsilon |q - 1| / (c2 sqrt(v) + epsilon)), s the largest step so far.
  double from_history(std::size_t weight, const WeightStep& step) const {
    if (!step.in_domain) return kInfinity;
    const GradientHistory& history = histories_[weight];
    const double change = largest_steps_[weight] * constants_.bounds.lipschitz / constants_.bounds.lower;
    const double root = factors_.second() * std::sqrt(history.moment()) + rule_.epsilon;
    const double update = factors_.update_bound();
    return rate_ * (change * (factors_.age_bound() + update * history.age()) +
                    update * rule_.epsilon * std::abs(step.q - 1) / root);
  }

  AdaptiveMoments rule_;
  StepConstants constants_;
  MomentFactors factors_;
  double rate_ = 0;
  std::vector<GradientHistory> histories_;
  std::vector<double> largest_steps_;  // infinite once the constants did not hold
};

class SignTheorem final : public Theorem {
 public:
  std::vector<std::string> inequalities() const override { return {"A1"}; }
  void bound(std::size_t, const WeightStep& step, std::span<double> bounds) override { bounds[0] = own_term(step); }
};

}  // namespace

std::unique_ptr<Theorem> adaptive_theorem(const AdaptiveMoments& rule, const StepConstants& constants,
                                          std::size_t weights) {
  return std::make_unique<AdaptiveTheorem>(rule, constants, weights);
}

std::unique_ptr<Theorem> sign_theorem() { return std::make_unique<SignTheorem>(); }

}  // namespace steq
