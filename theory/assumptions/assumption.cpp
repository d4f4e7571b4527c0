// SPDX-License-Identifier: MIT
#include "theory/assumptions/assumption.hpp"

#include <algorithm>
#include <cmath>

#include "theory/estimator_facts.hpp"

namespace steq {

Situation::Situation(const Estimator& its_estimator, const UpdateRule& its_rule, const GradientOptions& its_options)
    : estimator(its_estimator), rule(its_rule), options(its_options), bounds(shape_bounds(its_estimator)) {}

bool Situation::straight_through() const { return steq::straight_through(estimator); }

std::string to_text(Evidence evidence) {
  static const char* const words[] = {"proved", "sampled", "measured"};
  return words[static_cast<int>(evidence)];
}

std::vector<Finding> assess(const Situation& situation) {
  std::vector<Finding> findings;
  for (const auto& entry : assumption_registry().entries()) {
    findings.push_back(entry.make(situation));
    findings.back().name = entry.info.name;
  }
  return findings;
}

bool equivalent(const std::vector<Finding>& findings) {
  return std::ranges::none_of(findings, [](const Finding& f) { return f.required && f.holds == false; });
}

/// Of a rule that every assumption about q is required for.
std::vector<Finding> class_failures(const Situation& situation) {
  Situation plain = situation;
  plain.rule = HeavyBall{};
  std::vector<Finding> failures = assess(plain);
  std::erase_if(failures, [](const Finding& f) { return !f.of_class || f.holds != false; });
  return failures;
}

std::optional<double> finite(double number) { return std::isfinite(number) ? std::optional(number) : std::nullopt; }

std::string at_weight(double w) { return fmt::format("w = {:.6g}", w); }

std::string reached_at(const ShapeBound& bound) {
  return bound.reached() ? ", nearest to that at " + at_weight(bound.where) : ", as declared";
}

}  // namespace steq
