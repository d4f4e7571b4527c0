// SPDX-License-Identifier: MIT
#include "theory/bounds/heavy_ball.hpp"

#include <cmath>

#include "theory/bounds/remainders.hpp"

namespace steq {
namespace {

struct Inequality {
  const char* name;
  double (*remainder)(const StepConstants&, double q, double s);
};

const Inequality kPlain[] = {{"S1", remainders::global},
                             {"S2", remainders::local},
                             {"S3", remainders::logarithmic},
                             {"S4", remainders::reciprocal}};
const Inequality kMomentum[] = {{"H", remainders::logarithmic}, {"H-global", remainders::half_global}};

class HeavyBallTheorem final : public Theorem {
 public:
  HeavyBallTheorem(std::span<const Inequality> inequalities, const StepConstants& constants)
      : inequalities_(inequalities), constants_(constants) {}

  std::vector<std::string> inequalities() const override {
    std::vector<std::string> names;
    for (const Inequality& inequality : inequalities_) names.push_back(inequality.name);
    return names;
  }

  void bound(std::size_t, const WeightStep& step, std::span<double> bounds) override {
    const double slope = constants_.alpha * std::abs(step.displacement / step.q + step.shadow);
    for (std::size_t k = 0; k < inequalities_.size(); ++k)
      bounds[k] =
          step.in_domain ? slope + inequalities_[k].remainder(constants_, step.q, step.displacement) : kInfinity;
  }

 private:
  std::span<const Inequality> inequalities_;
  StepConstants constants_;
};

}  // namespace

std::unique_ptr<Theorem> heavy_ball_theorem(const HeavyBall& rule, const StepConstants& constants) {
  std::span<const Inequality> inequalities = kPlain;
  if (rule.momentum != 0) inequalities = kMomentum;
  return std::make_unique<HeavyBallTheorem>(inequalities, constants);
}

}  // namespace steq
