// SPDX-License-Identifier: MIT
#include "theory/bounds/tensor_bounds.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/sums.hpp"

namespace steq {
namespace {

/// Of the range: what rounding may add to a step, with room for the closed forms and root-finding behind M.
constexpr double kTolerance = 1e-12;
constexpr std::size_t kMostInequalities = 5;

double mean(std::span<const double> values) { return pairwise_sum(values) / static_cast<double>(values.size()); }

}  // namespace

/// What one block has to say: for each weight the own term, its bounds, E, and what rounding may add to them.
struct TensorBounds::Findings {
  std::array<double, kBlock> own, error, tolerance, cumulative_tolerance;
  std::array<std::array<double, kBlock>, kMostInequalities> bounds;  // [inequality][weight]
};

TensorBounds::TensorBounds(const TensorTheory& theory, const Optimizer& optimizer, std::span<const double> w_q,
                           std::span<const double> w_s)
    : theory_(theory),
      theorem_(theorem_for(optimizer.rule(), theory.constants, w_q.size())),
      count_(theorem_->inequalities().size()),
      without_(optimizer, w_q.size()),
      with_(optimizer, w_q.size()),
      shadow_(w_q.size()),
      rule_(w_q.size()),
      w_q_(w_q.begin(), w_q.end()),
      w_s_(w_s.begin(), w_s.end()),
      gradient_terms_(w_q.size()),
      rounding_(w_q.size()) {
  for (std::size_t i = 0; i < w_q.size(); ++i) {
    mapped_.push_back(theory_.map(w_q[i]));
    q_.push_back(theory_.q(w_q[i]));
    error_.push_back(std::abs(mapped_[i] - w_s[i]));
  }
  bound_ = error_;
}

std::vector<std::string> TensorBounds::inequalities() const {
  std::vector<std::string> names = theorem_->inequalities();
  names.push_back("cumulative");
  return names;
}

void TensorBounds::begin(Step step, double rate) {
  step_ = step;
  rate_ = rate;
  theorem_->begin(step, rate);
}

void TensorBounds::before_update(std::size_t block, std::span<const double> h) {
  const std::size_t first = block * kBlock;
  std::array<double, kBlock> weighted;
  for (std::size_t i = 0; i < h.size(); ++i) {
    // A masked gradient is 0 whatever q is there, were it infinite.
    weighted[i] = h[i] == 0 ? 0 : q_[first + i] * h[i];
    theorem_->remember(first + i, h[i], q_[first + i]);
  }
  const std::span shadow = std::span(shadow_).subspan(first, h.size());
  const std::span rule = std::span(rule_).subspan(first, h.size());
  without_.advance(first, h, step_, shadow);
  with_.advance(first, std::span(weighted).first(h.size()), step_, rule);
  for (double& u : shadow) u *= rate_;
  for (double& v : rule) v *= rate_;
}

void TensorBounds::after_update(std::size_t block, std::span<const double> w_q, std::span<const double> w_s,
                                std::span<Tally> tallies) {
  const std::size_t first = block * kBlock, n = w_q.size();
  Findings found;
  for (std::size_t i = 0; i < n; ++i) take_step(first + i, w_q[i], w_s[i], found, i);
  const auto part = [&](const std::array<double, kBlock>& values) { return std::span(values).first(n); };
  for (std::size_t k = 0; k < count_; ++k)
    tallies[k] = tally_block(part(found.own), part(found.bounds[k]), part(found.tolerance), first, step_);
  tallies[count_] = tally_block(part(found.error), std::span(bound_).subspan(first, n),
                                part(found.cumulative_tolerance), first, step_);
}

void TensorBounds::take_step(std::size_t weight, double w_q, double w_s, Findings& found, std::size_t i) {
  const double alpha = theory_.constants.alpha, before = w_q_[weight], q_before = q_[weight];
  const WeightStep step{.q = q_before,
                        .displacement = w_q - before,
                        .shadow = shadow_[weight],
                        .rule = rule_[weight],
                        .in_domain = theory_.covers(before) && theory_.covers(w_q)};
  const double mapped = theory_.map(w_q), q = theory_.q(w_q);
  found.own[i] = std::abs(mapped - mapped_[weight] + alpha * step.shadow);
  std::array<double, kMostInequalities> bounds;
  theorem_->bound(weight, step, std::span(bounds).first(count_));
  for (std::size_t k = 0; k < count_; ++k) found.bounds[k][i] = bounds[k];
  // M magnifies the rounding of w by alpha / q.
  const double scale = std::max({theory_.grid().range, std::abs(before), std::abs(w_q)});
  found.tolerance[i] = kTolerance * scale * std::max({1.0, alpha / q_before, alpha / q});
  accumulate(weight, std::abs(w_s - w_s_[weight] + alpha * step.shadow), found, i);
  rounding_[weight] = std::max(rounding_[weight], std::abs(step.displacement + step.rule));
  w_q_[weight] = w_q;
  w_s_[weight] = w_s;
  mapped_[weight] = mapped;
  q_[weight] = q;
  found.error[i] = error_[weight] = std::abs(mapped - w_s);
  found.cumulative_tolerance[i] =
      found.tolerance[i] + step_ * std::numeric_limits<double>::epsilon() * (bound_[weight] + scale);
}

/// By the smallest of the bounds that apply.
void TensorBounds::accumulate(std::size_t weight, double gradient_term, const Findings& found, std::size_t i) {
  double sharpest = kInfinity;
  for (std::size_t k = 0; k < count_; ++k)
    if (found.bounds[k][i] < sharpest) sharpest = found.bounds[k][i];
  gradient_terms_[weight] += gradient_term;
  bound_[weight] += gradient_term + sharpest;
}

BoundState TensorBounds::state() const {
  const double delta = theory_.grid().delta, bound = mean(bound_);
  return {mean(error_) / delta, bound / delta,
          std::isfinite(bound) && bound > 0 ? mean(gradient_terms_) / bound : std::numeric_limits<double>::quiet_NaN()};
}

double TensorBounds::largest_rounding() const {
  return *std::max_element(rounding_.begin(), rounding_.end()) / theory_.grid().delta;
}

}  // namespace steq
