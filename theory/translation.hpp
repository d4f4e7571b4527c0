// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "theory/rescaling.hpp"

namespace steq {

/// From the coordinates of one estimator's latent weights into those of another on the same grid, by way of the STE's:
/// w -> M_to^-1(M_from(w)). The start of an equivalent learner, the metrics and mapped weights files all come from
/// here, so that they agree to the last bit.
class Translation {
 public:
  /// Throws DomainError where one of the two has no alpha and M.
  Translation(const Spec& from, const Spec& to, const Grid& grid);

  /// What the learning rate is multiplied by: alpha of `from` over alpha of `to`.
  double rate_factor() const { return from_.alpha() / to_.alpha(); }

  /// Rounded to T, the precision of the weights.
  template <class T>
  double map(double w) const {
    return static_cast<double>(static_cast<T>(to_.inverse(from_.map(w))));
  }

 private:
  std::unique_ptr<Estimator> from_estimator_, to_estimator_;
  Rescaling from_, to_;
};

/// Why no weights of precision T can be taken from this estimator's coordinates into the STE's, in words; empty where
/// they can: alpha and M exist, and T resolves them.
template <class T>
std::vector<std::string> translation_obstacles(const Estimator& estimator);

}  // namespace steq
