// SPDX-License-Identifier: MIT
// Theorems S, H and A once more, as plainly as possible: from the whole path of one weight, with every sum written out.
#pragma once

#include "tests/theory/bounds/scalar_pairs.hpp"
#include "theory/quadrature.hpp"

namespace steq::test {

/// What the inequalities say of step t = 1, 2, ...: [the theorem's order].
class SlowBounds {
 public:
  SlowBounds(const ScalarPairs& pairs, const ScalarPath& path)
      : estimator_(pairs.estimator()),
        alpha_(pairs.theory().constants.alpha),
        path_(path),
        rule_(pairs.optimizer().rule()) {}

  /// |M(w+) - M(w) + alpha eta u|
  double own(int t) const {
    if (std::holds_alternative<HeavyBall>(rule_)) return std::abs(map_difference(t) + alpha_ * rate(t) * buffer(t));
    return std::abs(s(t) + rate(t) * (std::holds_alternative<SignRule>(rule_) ? sign(t) : update(t, false)));
  }

  std::vector<double> bounds(int t) const {
    if (const auto* ball = std::get_if<HeavyBall>(&rule_)) return ball->momentum == 0 ? plain(t) : momentum(t);
    if (std::holds_alternative<SignRule>(rule_)) return {own(t)};
    return adaptive(t);
  }

 private:
  double q(int t) const { return estimator_.unmasked_derivative(w(t)); }  // after t updates
  double w(int t) const { return path_.w_q[static_cast<std::size_t>(t)]; }
  double h(int t) const { return path_.h[static_cast<std::size_t>(t - 1)]; }  // of update t
  double rate(int t) const { return path_.rates[static_cast<std::size_t>(t - 1)]; }
  double s(int t) const { return w(t) - w(t - 1); }
  double sign(int t) const { return (h(t) > 0) - (h(t) < 0); }

  double map_difference(int t) const {
    std::vector<double> kinks;
    for (int j = -40; j <= 40; ++j) kinks.push_back(j * estimator_.grid().delta / 2);
    const auto slope = [&](double x) { return alpha_ / estimator_.unmasked_derivative(x); };
    const double size = integrate(slope, std::min(w(t - 1), w(t)), std::max(w(t - 1), w(t)), kinks);
    return std::copysign(size, s(t));
  }

  double buffer(int t) const {
    const double mu = std::get<HeavyBall>(rule_).momentum;
    double u = 0;
    for (int i = 1; i <= t; ++i) u += (i == t ? 1 : std::pow(mu, t - i)) * h(i);
    return u;
  }

  double slope_error(int t) const { return alpha_ * std::abs(s(t) / q(t - 1) + rate(t) * buffer(t)); }

  std::vector<double> plain(int t) const {
    const auto [low, high, steep] = estimator_.bounds();
    const double eta_h = rate(t) * h(t), at = q(t - 1), y = steep * std::abs(eta_h), step = std::abs(s(t));
    const double least = std::max(low, at - steep * step);
    return {alpha_ * steep * high / (2 * low) * eta_h * eta_h, alpha_ * steep * at / (2 * least) * eta_h * eta_h,
            y < 1 ? alpha_ / steep * (-std::log(1 - y) - y) : INFINITY, alpha_ / 2 * steep / (low * low) * step * step};
  }

  std::vector<double> momentum(int t) const {
    const auto [low, high, steep] = estimator_.bounds();
    const double y = steep * std::abs(s(t)) / q(t - 1);
    return {slope_error(t) + (y < 1 ? alpha_ / steep * (-std::log(1 - y) - y) : INFINITY),
            slope_error(t) + alpha_ * steep * s(t) * s(t) / (2 * q(t - 1) * low)};
  }

  /// Sum of weight(n) f(i) over updates i = t - n.
  template <class Weight, class Term>
  double sum(int t, const Weight& weight, const Term& f) const {
    double total = 0;
    for (int n = 0; n < t; ++n) total += weight(n) * f(t - n);
    return total;
  }

  const AdaptiveMoments& moments() const { return std::get<AdaptiveMoments>(rule_); }
  double c1(int t) const { return moments().bias_corrected ? 1 / (1 - std::pow(moments().beta1, t)) : 1; }
  double c2(int t) const { return moments().bias_corrected ? 1 / std::sqrt(1 - std::pow(moments().beta2, t)) : 1; }
  double kept1(int n) const { return (1 - moments().beta1) * (n == 0 ? 1 : std::pow(moments().beta1, n)); }
  double kept2(int n) const { return (1 - moments().beta2) * std::pow(moments().beta2, n); }
  double gradient(int i, bool weighted) const { return weighted ? q(i - 1) * h(i) : h(i); }

  double first(int t, bool weighted) const {
    return sum(
        t, [&](int n) { return kept1(n); }, [&](int i) { return gradient(i, weighted); });
  }
  double root(int t, bool weighted) const {
    return std::sqrt(sum(
        t, [&](int n) { return kept2(n); }, [&](int i) { return std::pow(gradient(i, weighted), 2); }));
  }
  double update(int t, bool weighted) const {
    return c1(t) * first(t, weighted) / (c2(t) * root(t, weighted) + moments().epsilon);
  }

  std::vector<double> adaptive(int t) const {
    const double rounding = std::abs(s(t) + rate(t) * update(t, true));
    return {own(t), rate(t) * by_moments(t) + rounding, rate(t) * by_history(t) + rounding};
  }

  double by_moments(int t) const {
    const double at = q(t - 1), e = moments().epsilon;
    const double a = sum(
        t, [&](int n) { return kept1(n); }, [&](int i) { return (q(i - 1) / at - 1) * h(i); });
    const double b = std::sqrt(sum(
        t, [&](int n) { return kept2(n); }, [&](int i) { return std::pow((q(i - 1) / at - 1) * h(i), 2); }));
    return (c1(t) * std::abs(a) + std::abs(update(t, false)) * (c2(t) * b + e * std::abs(1 - 1 / at))) /
           ((c2(t) * root(t, true) + e) / at);
  }

  double by_history(int t) const {
    const auto [beta1, beta2, e, corrected] = moments();
    const auto [low, high, steep] = estimator_.bounds();
    const double rho = beta1 * beta1 / beta2;
    if (!(rho < 1)) return INFINITY;
    double largest = 0;
    for (int i = 1; i < t; ++i) largest = std::max(largest, std::abs(s(i)));
    const auto decayed = [&](int n) { return n == 0 ? 1 : std::pow(rho, n); };
    const double scale = c1(t) * (1 - beta1) / (c2(t) * std::sqrt(1 - beta2));
    const double bound = scale * std::sqrt(sum(t, decayed, [](int) { return 1; }));
    const double k = scale * std::sqrt(sum(t, decayed, [&](int i) { return (t - i) * (t - i); }));
    const double squares = sum(
        t, [&](int n) { return kept2(n); }, [&](int i) { return h(i) * h(i); });
    const double aged = sum(
        t, [&](int n) { return kept2(n) * n * n; }, [&](int i) { return h(i) * h(i); });
    const double age = squares > 0 ? std::sqrt(aged / squares) : 0;
    return largest * steep / low * (k + bound * age) + bound * e * std::abs(q(t - 1) - 1) / (c2(t) * root(t, true) + e);
  }

  const Estimator& estimator_;
  double alpha_;
  const ScalarPath& path_;
  UpdateRule rule_;
};

}  // namespace steq::test
