// SPDX-License-Identifier: MIT
#include "theory/translation.hpp"

#include <limits>
#include <type_traits>

namespace steq {

Translation::Translation(const Spec& from, const Spec& to, const Grid& grid)
    : from_estimator_(estimator_registry().make(from, "estimator", grid)),
      to_estimator_(estimator_registry().make(to, "estimator", grid)),
      from_(*from_estimator_),
      to_(*to_estimator_) {}

/// Where alpha is below the spacing of numbers, M puts most weights onto their thresholds and steps vanish in rounding.
template <class T>
std::vector<std::string> translation_obstacles(const Estimator& estimator) {
  const auto rescaling = rescaling_of(estimator);
  if (!rescaling) return rescaling_obstacles(estimator);
  if (rescaling->alpha() >= static_cast<double>(std::numeric_limits<T>::epsilon())) return {};
  const char* precision = std::is_same_v<T, float> ? "float" : "double";
  return {fmt::format("alpha is {:.3g}, too small for weights in {}", rescaling->alpha(), precision)};
}

template std::vector<std::string> translation_obstacles<float>(const Estimator&);
template std::vector<std::string> translation_obstacles<double>(const Estimator&);

}  // namespace steq
