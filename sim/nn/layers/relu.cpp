// SPDX-License-Identifier: MIT
#include "sim/nn/layers/relu.hpp"

#include "sim/nn/graph_builder.hpp"

namespace steq::layers {

LayerRegistry::Entry relu() {
  return layer_entry({.name = "relu",
                      .summary = "Rectified linear unit; its derivative at 0 is 0.",
                      .formula = "y = max(x, 0)",
                      .citation = "",
                      .parameters = {}},
                     []<class T>(const Parameters&, const LayerSpec&, GraphBuilder<T>& builder) {
                       builder.append(std::make_unique<Relu<T>>(builder.shape()));
                     });
}

}  // namespace steq::layers
