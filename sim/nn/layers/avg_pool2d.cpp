// SPDX-License-Identifier: MIT
#include "sim/nn/layers/avg_pool2d.hpp"

#include "sim/nn/graph_builder.hpp"

namespace steq::layers {

LayerRegistry::Entry avg_pool2d() {
  return layer_entry({.name = "avg_pool2d",
                      .summary = "Average over square windows.",
                      .formula = "y[r, s] = mean of x over the window at (stride r, stride s)",
                      .citation = "",
                      .parameters = pooling_parameters()},
                     []<class T>(const Parameters& p, const LayerSpec&, GraphBuilder<T>& builder) {
                       builder.append(std::make_unique<AvgPool2d<T>>(windows_of(p, builder.shape(), builder.place())));
                     });
}

}  // namespace steq::layers
