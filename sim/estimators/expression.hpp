// SPDX-License-Identifier: MIT
// A formula given as text in muParser's syntax.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace steq {

/// Compiled; may be evaluated by several threads at the same time. Copies share what was compiled.
class Expression {
 public:
  using Constants = std::vector<std::pair<std::string, double>>;

  /// The variables that a formula may use.
  struct Point {
    double u = 0;  ///< distance from the nearest threshold or level, in units of delta
    double w = 0;  ///< latent weight, in weight units
    double g = 1;  ///< sign of the gradient, 1 or -1

    bool operator==(const Point&) const = default;
  };

  /// Throws InputError without a place where the text is empty, does not parse, assigns, has several results or uses a
  /// name other than those of Point, those of `constants` and muParser's functions; with the index (from 0) and the
  /// token at fault.
  Expression(const std::string& text, const Constants& constants);

  const std::string& text() const;
  /// Whether the text names this variable or constant.
  bool uses(const std::string& name) const;

  double operator()(const Point& at) const;
  /// value[i] at points[i]; spans of equal size.
  void evaluate(std::span<const Point> points, std::span<double> value) const;

 private:
  struct Compiled;
  class Pool;
  std::shared_ptr<Pool> pool_;
};

}  // namespace steq
