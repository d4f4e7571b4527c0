// SPDX-License-Identifier: MIT
#include "plots/figures/figure.hpp"

// One line for each figure: the name of the function that returns it, defined in the file of that name.
// clang-format off
#define STEQ_FIGURES(entry)    \
  entry(estimator_gallery)     \
  entry(curves)                \
  entry(divergence)            \
  entry(first_divergence)      \
  entry(learning_processes)    \
  entry(change_point_raster)   \
  entry(agreement_by_tensor)   \
  entry(latent_histogram)      \
  entry(weight_alignment)      \
  entry(weight_movement)       \
  entry(oscillation)           \
  entry(grid_parameters)       \
  entry(soft_and_hard)         \
  entry(activation_histogram)  \
  entry(geometry)              \
  entry(class_components)      \
  entry(bounds)
// clang-format on

namespace steq {
namespace figures {
#define STEQ_DECLARE(name) Figure name();
STEQ_FIGURES(STEQ_DECLARE)
}  // namespace figures

const std::vector<Figure>& figure_registry() {
#define STEQ_ENTRY(name) figures::name(),
  static const std::vector<Figure> registry{STEQ_FIGURES(STEQ_ENTRY)};
  return registry;
}

}  // namespace steq

#undef STEQ_DECLARE
#undef STEQ_ENTRY
