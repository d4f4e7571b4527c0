// SPDX-License-Identifier: MIT
// Short names for the layers that models are built from.
#pragma once

#include "sim/models/model.hpp"

namespace steq::models {

struct Conv {
  std::string name;
  std::size_t out;
  std::size_t kernel;
  std::size_t stride = 1;
  std::size_t padding = 0;
  bool bias = false;
  bool quantize = true;
};

LayerSpec layer(const Conv& conv);
LayerSpec dense(const std::string& name, std::size_t out, bool quantize = false);
LayerSpec relu();
LayerSpec flatten();
LayerSpec avg_pool(std::size_t kernel);
LayerSpec global_avg_pool();
LayerSpec batch_norm(const std::string& name);
LayerSpec max_pool(std::size_t kernel, std::size_t stride, std::size_t padding);
LayerSpec residual(std::vector<LayerSpec> branch, std::vector<LayerSpec> shortcut);

}  // namespace steq::models
