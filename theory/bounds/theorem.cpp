// SPDX-License-Identifier: MIT
#include "theory/bounds/theorem.hpp"

#include "theory/bounds/adaptive.hpp"
#include "theory/bounds/heavy_ball.hpp"

namespace steq {
namespace {

struct Chooser {
  const StepConstants& constants;
  std::size_t weights;

  std::unique_ptr<Theorem> operator()(const HeavyBall& rule) const { return heavy_ball_theorem(rule, constants); }
  std::unique_ptr<Theorem> operator()(const AdaptiveMoments& rule) const {
    return adaptive_theorem(rule, constants, weights);
  }
  std::unique_ptr<Theorem> operator()(const SignRule&) const { return sign_theorem(); }
};

}  // namespace

std::unique_ptr<Theorem> theorem_for(const UpdateRule& rule, const StepConstants& constants, std::size_t weights) {
  return std::visit(Chooser{constants, weights}, rule);
}

}  // namespace steq
