// SPDX-License-Identifier: MIT
// Weights that train alone, each with a loss of its own that only sees Q(w): once with an estimator, once as its STE
// equivalent. All that the theorems speak of, without networks.
#pragma once

#include <cmath>

#include "tests/recipes.hpp"
#include "theory/bounds/tensor_bounds.hpp"

namespace steq::test {

struct ScalarRecipe {
  std::string estimator, grid, optimizer;
  double rate;
  int steps = 200;
  double noise = 1;  ///< of the gradients, beside a pull of size 1 towards a target
};

/// One weight of both learners: [steps + 1] and [steps].
struct ScalarPath {
  std::vector<double> w_q, w_s, h, rates;
};

inline std::unique_ptr<Optimizer> optimizer(const std::string& spec) {
  return optimizer_registry().make(parse_spec(spec, "optimizer"), "optimizer");
}

/// One weight under training, by the plainest loop.
class ScalarWeight {
 public:
  ScalarWeight(const Optimizer& optimizer, const Estimator& estimator, double w)
      : optimizer_(optimizer), estimator_(estimator), states_(optimizer.state_count(), 0.0), w_(w) {}

  double w() const { return w_; }
  void update(double g, double rate, int t) {
    double gradient = estimator_.derivative(w_) * g;
    UpdateBlock<double> block{std::span(&w_, 1), std::span<const double>(&gradient, 1), {}};
    for (std::size_t s = 0; s < states_.size(); ++s) block.state[s] = std::span(&states_[s], 1);
    optimizer_.update(block, {rate, static_cast<Step>(t)});
  }

 private:
  const Optimizer& optimizer_;
  const Estimator& estimator_;
  std::vector<double> states_;
  double w_;
};

/// A recipe with its parts made.
class ScalarPairs {
 public:
  explicit ScalarPairs(const ScalarRecipe& recipe)
      : recipe_(recipe),
        quantizer_(test::quantizer(recipe.grid)),
        estimator_(test::estimator(recipe.estimator, quantizer_->grid())),
        ste_(test::estimator("ste", quantizer_->grid())),
        optimizer_(test::optimizer(recipe.optimizer)),
        theory_(tensor_theory(*estimator_, optimizer_->scale_invariant())) {}

  const ScalarRecipe& recipe() const { return recipe_; }
  const Estimator& estimator() const { return *estimator_; }
  const Optimizer& optimizer() const { return *optimizer_; }
  const TensorTheory& theory() const { return theory_; }

  /// Weight number i: start, target and noise are its own.
  ScalarPath train(int i) const {
    const Grid& grid = estimator_->grid();
    const double start = scattered(i, -grid.range, grid.range), target = scattered(3 * i + 1, -grid.range, grid.range);
    ScalarWeight q(*optimizer_, *estimator_, start), s(*optimizer_, *ste_, theory_.map(start));
    ScalarPath path{{q.w()}, {s.w()}, {}, {}};
    for (int t = 1; t <= recipe_.steps; ++t) {
      const double rate = recipe_.rate * (1 + std::cos(3.0 * t / recipe_.steps)) / 2;
      const double noise = recipe_.noise * scattered(1000 * i + 7 * t * t, -1, 1);
      const auto gradient = [&](double w) { return (value_of(w) - target) / grid.range + noise; };
      path.h.push_back(std::abs(q.w()) <= estimator_->reach() ? gradient(q.w()) : 0);
      path.rates.push_back(rate);
      q.update(gradient(q.w()), rate, t);
      s.update(gradient(s.w()), rate * theory_.constants.alpha, t);
      path.w_q.push_back(q.w());
      path.w_s.push_back(s.w());
    }
    return path;
  }

 private:
  double value_of(double w) const {
    return estimator_->grid().levels[static_cast<std::size_t>(quantizer_->level_of(w))];
  }

  ScalarRecipe recipe_;
  std::unique_ptr<Quantizer> quantizer_;
  std::unique_ptr<Estimator> estimator_, ste_;
  std::unique_ptr<Optimizer> optimizer_;
  TensorTheory theory_;
};

/// Shows the paths of several weights to TensorBounds, step by step.
class BoundsDriver {
 public:
  BoundsDriver(const TensorTheory& theory, const Optimizer& optimizer, std::vector<ScalarPath> paths)
      : paths_(std::move(paths)), bounds_(theory, optimizer, now(&ScalarPath::w_q, 0), now(&ScalarPath::w_s, 0)) {}

  const TensorBounds& bounds() const { return bounds_; }
  std::size_t steps() const { return paths_[0].h.size(); }

  /// The tallies of step t = 1, 2, ...
  std::vector<Tally> step(std::size_t t) {
    std::vector<Tally> tallies(bounds_.inequalities().size());
    bounds_.begin(static_cast<Step>(t), paths_[0].rates[t - 1]);
    bounds_.before_update(0, now(&ScalarPath::h, t - 1));
    bounds_.after_update(0, now(&ScalarPath::w_q, t), now(&ScalarPath::w_s, t), tallies);
    return tallies;
  }

  /// Of all steps, by name.
  std::map<std::string, Tally> run() {
    std::map<std::string, Tally> sums;
    for (std::size_t t = 1; t <= steps(); ++t) {
      const std::vector<Tally> tallies = step(t);
      for (std::size_t k = 0; k < tallies.size(); ++k) sums[bounds_.inequalities()[k]].add(tallies[k]);
    }
    return sums;
  }

 private:
  std::vector<double> now(std::vector<double> ScalarPath::*series, std::size_t t) const {
    std::vector<double> values;
    for (const ScalarPath& path : paths_) values.push_back((path.*series)[t]);
    return values;
  }

  std::vector<ScalarPath> paths_;
  TensorBounds bounds_;
};

inline std::vector<ScalarPath> paths_of(const ScalarPairs& pairs, int weights) {
  std::vector<ScalarPath> paths;
  for (int i = 0; i < weights; ++i) paths.push_back(pairs.train(i));
  return paths;
}

/// All tallies of so many weights; with `theory` in place of the right one.
inline std::map<std::string, Tally> tallies_of(const ScalarPairs& pairs, int weights, const TensorTheory& theory) {
  return BoundsDriver(theory, pairs.optimizer(), paths_of(pairs, weights)).run();
}
inline std::map<std::string, Tally> tallies_of(const ScalarPairs& pairs, int weights) {
  return tallies_of(pairs, weights, pairs.theory());
}

}  // namespace steq::test
