// SPDX-License-Identifier: MIT
// The same gradient for every weight at every step.
#include <algorithm>

#include "sim/scalars/gradient_source.hpp"

namespace steq::scalars {
namespace {

class Constant final : public GradientSource {
 public:
  explicit Constant(double mean) : mean_(mean) {}

  void fill(Step, std::size_t, std::span<double> gradient) const override {
    std::fill(gradient.begin(), gradient.end(), mean_);
  }
  double mean() const override { return mean_; }
  double deviation() const override { return 0; }
  double absolute_share() const override { return 1; }

 private:
  double mean_;
};

}  // namespace

GradientSourceRegistry::Entry constant() {
  return {{.name = "constant",
           .summary = "The same gradient for every weight at every step.",
           .formula = "g = mean",
           .citation = "",
           .parameters = {gradient_mean_parameter(1)}},
          [](const Parameters& p, std::uint64_t) { return std::make_unique<Constant>(p.number("mean")); }};
}

}  // namespace steq::scalars
