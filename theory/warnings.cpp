// SPDX-License-Identifier: MIT
#include "theory/warnings.hpp"

#include <fmt/format.h>

#include <cmath>

#include "theory/estimator_facts.hpp"
#include "theory/rescaling.hpp"

namespace steq {
namespace {

constexpr double kFlat = 0.01;  ///< relative variation of q
constexpr double kSlow = 0.01;  ///< alpha

std::string flat_text(const EstimatorBounds& bounds) {
  if (bounds.lower == bounds.upper)
    return fmt::format("q is {:.6g} everywhere: the estimator is the STE at {:.6g} times the learning rate",
                       bounds.upper, bounds.upper);
  return fmt::format("q varies by only {:.2g} % over a bin: the estimator is hardly another one than the STE here",
                     100 * (bounds.upper - bounds.lower) / bounds.upper);
}

}  // namespace

std::vector<std::string> estimator_warnings(const Estimator& estimator) {
  std::vector<std::string> warnings;
  const EstimatorBounds bounds = estimator.bounds();
  if (straight_through(estimator)) return warnings;
  if (std::isfinite(bounds.upper) && bounds.upper - bounds.lower < kFlat * bounds.upper)
    warnings.push_back(flat_text(bounds));
  if (const auto rescaling = rescaling_of(estimator); rescaling && rescaling->alpha() < kSlow)
    warnings.push_back(
        fmt::format("alpha is {:.3g}: q is so small over most of a bin that weights hardly move there, and "
                    "the STE that follows has {:.3g} times the learning rate",
                    rescaling->alpha(), rescaling->alpha()));
  return warnings;
}

}  // namespace steq
