// SPDX-License-Identifier: MIT
// A fair coin for every weight and step: mean + deviation or mean - deviation.
#include "sim/core/random.hpp"
#include "sim/scalars/gradient_source.hpp"

namespace steq::scalars {
namespace {

constexpr std::size_t kBits = 32;

class Coin final : public GradientSource {
 public:
  Coin(double mean, double deviation, std::uint64_t seed) : mean_(mean), deviation_(deviation), seed_(seed) {}

  /// One stream for each block, one bit for each weight.
  void fill(Step step, std::size_t first, std::span<double> gradient) const override {
    const double low = mean_ - deviation_, high = mean_ + deviation_;
    RandomStream random(seed_, Purpose::gradient_noise, step, static_cast<std::uint32_t>(first / kBlock));
    for (std::size_t i = 0; i < gradient.size(); i += kBits) {
      const std::uint32_t bits = random();
      const std::size_t n = std::min(kBits, gradient.size() - i);
      for (std::size_t b = 0; b < n; ++b) gradient[i + b] = (bits & (1U << b)) != 0 ? high : low;
    }
  }
  double mean() const override { return mean_; }
  double deviation() const override { return deviation_; }
  double absolute_share() const override { return 1; }

 private:
  double mean_, deviation_;
  std::uint64_t seed_;
};

}  // namespace

GradientSourceRegistry::Entry coin() {
  return {{.name = "coin",
           .summary = "A fair coin for every weight and step.",
           .formula = "g = mean + deviation or mean - deviation, with probability 1/2 each",
           .citation = "",
           .parameters = {gradient_mean_parameter(0), gradient_deviation_parameter()}},
          [](const Parameters& p, std::uint64_t seed) {
            return std::make_unique<Coin>(p.number("mean"), p.number("deviation"), seed);
          }};
}

}  // namespace steq::scalars
