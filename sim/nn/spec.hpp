// SPDX-License-Identifier: MIT
// A network as data: what a config's "layers" say, and what every model builds.
#pragma once

#include <string>
#include <vector>

#include "sim/core/notation.hpp"
#include "sim/core/sample_shape.hpp"

namespace steq {

/// One layer: its type with the given values (defaults still missing), and for `residual` its two paths.
struct LayerSpec {
  Spec type;
  std::vector<LayerSpec> branch = {};
  std::vector<LayerSpec> shortcut = {};  ///< empty: the identity
};

struct ModelSpec {
  SampleShape input;
  std::vector<LayerSpec> layers;
};

}  // namespace steq
