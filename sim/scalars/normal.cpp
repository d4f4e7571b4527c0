// SPDX-License-Identifier: MIT
// A normal distribution for every weight and step.
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <numbers>

#include "sim/core/random.hpp"
#include "sim/scalars/gradient_source.hpp"

namespace steq::scalars {
namespace {

class Normal final : public GradientSource {
 public:
  Normal(double mean, double deviation, std::uint64_t seed) : mean_(mean), deviation_(deviation), seed_(seed) {}

  void fill(Step step, std::size_t first, std::span<double> gradient) const override {
    RandomStream random(seed_, Purpose::gradient_noise, step, static_cast<std::uint32_t>(first / kBlock));
    boost::random::normal_distribution<double> normal;
    for (double& g : gradient) g = mean_ + deviation_ * normal(random);
  }
  double mean() const override { return mean_; }
  double deviation() const override { return deviation_; }
  double absolute_share() const override { return std::sqrt(2 / std::numbers::pi); }

 private:
  double mean_, deviation_;
  std::uint64_t seed_;
};

}  // namespace

GradientSourceRegistry::Entry normal() {
  return {{.name = "normal",
           .summary = "Normally distributed for every weight and step.",
           .formula = "g = mean + deviation z, z standard normal",
           .citation = "",
           .parameters = {gradient_mean_parameter(0), gradient_deviation_parameter()}},
          [](const Parameters& p, std::uint64_t seed) {
            return std::make_unique<Normal>(p.number("mean"), p.number("deviation"), seed);
          }};
}

}  // namespace steq::scalars
