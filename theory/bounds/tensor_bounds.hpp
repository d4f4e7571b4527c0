// SPDX-License-Identifier: MIT
// The theorems on one tensor of a pair of learners: Q with an estimator, S with the STE.
#pragma once

#include <array>

#include "theory/bounds/tally.hpp"
#include "theory/bounds/tensor_theory.hpp"
#include "theory/shadow.hpp"

namespace steq {

/// The state of a tensor's bounds, averaged over its weights; lengths in units of the grid's delta.
struct BoundState {
  double error = 0;           ///< mean of E = |M(w_Q) - w_S|
  double bound = 0;           ///< mean of the cumulative bound: E_0 and all terms since; infinite where there is none
  double gradient_share = 0;  ///< of that bound, what the gradient terms make up; NaN where it is 0 or infinite
};

class TensorBounds {
 public:
  /// All weights before the first update, spans of equal size. `optimizer` is that of both learners and must outlive
  /// this, as must theory.estimator.
  TensorBounds(const TensorTheory& theory, const Optimizer& optimizer, std::span<const double> w_q,
               std::span<const double> w_s);

  std::size_t weights() const { return w_q_.size(); }
  std::size_t blocks() const { return (weights() + kBlock - 1) / kBlock; }
  /// Those of the theorem, and last "cumulative": E itself against E_0 and the sum of all terms since, each time by the
  /// sharpest inequality that applies.
  std::vector<std::string> inequalities() const;

  /// Before Q's update `step` at learning rate `rate`; then the masked gradients of every block.
  void begin(Step step, double rate);
  void before_update(std::size_t block, std::span<const double> h);
  /// When both learners have done the update; then every block once, and one tally for each inequality.
  void after_update(std::size_t block, std::span<const double> w_q, std::span<const double> w_s,
                    std::span<Tally> tallies);

  BoundState state() const;
  /// The largest |s_Q + eta v| of a weight so far, v the optimizer's update in double: how much of a step was rounding,
  /// in units of delta.
  double largest_rounding() const;

  void archive(Archive& a) {
    a(*theorem_, step_, rate_, without_, with_, shadow_, rule_, w_q_, w_s_, mapped_, q_, error_, bound_,
      gradient_terms_, rounding_);
  }

 private:
  struct Findings;

  void take_step(std::size_t weight, double w_q, double w_s, Findings& findings, std::size_t i);
  void accumulate(std::size_t weight, double gradient_term, const Findings& findings, std::size_t i);

  TensorTheory theory_;
  std::unique_ptr<Theorem> theorem_;
  std::size_t count_;  // of the theorem's inequalities
  Step step_ = 0;
  double rate_ = 0;
  Shadow without_, with_;                                          // the estimator
  std::vector<double> shadow_, rule_;                              // [weights]: eta u and eta v of the update under way
  std::vector<double> w_q_, w_s_, mapped_, q_;                     // [weights]: as they are now; M(w_Q) and q(w_Q)
  std::vector<double> error_, bound_, gradient_terms_, rounding_;  // [weights]
};

}  // namespace steq
