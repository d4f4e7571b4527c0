// SPDX-License-Identifier: MIT
// A formula in u, given as text in muParser's syntax.
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

  /// Throws InputError without a place where the text is empty, does not parse, assigns, has several results or uses a
  /// name other than u, those of `constants` and muParser's functions; with the index (from 0) and the token at fault.
  Expression(const std::string& text, const Constants& constants);

  double operator()(double u) const;
  /// Each u becomes f(u).
  void evaluate(std::span<double> u) const;

 private:
  class Pool;
  std::shared_ptr<Pool> pool_;
};

}  // namespace steq
