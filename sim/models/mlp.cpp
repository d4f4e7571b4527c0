// SPDX-License-Identifier: MIT
#include "sim/models/blocks.hpp"
#include "sim/nn/layer_registry.hpp"

namespace steq::models {

ModelRegistry::Entry mlp() {
  return {
      {.name = "mlp",
       .summary = "Hidden dense layers with relu, quantized, then a dense layer that is not.",
       .formula = "",
       .citation = "",
       .parameters = {size_parameter("hidden", 128, "features of each hidden layer"),
                      {.name = "depth",
                       .kind = Kind::integer,
                       .fallback = Value(std::int64_t{2}),
                       .meaning = "hidden layers",
                       .min = 0,
                       .max = 100}}},
      [](const Parameters& p, const SampleShape& input, std::size_t classes) {
        ModelSpec model{input, {flatten()}};
        const auto depth = p.integer("depth");
        for (std::int64_t i = 1; i <= depth; ++i) {
          model.layers.push_back(dense(fmt::format("fc{}", i), static_cast<std::size_t>(p.integer("hidden")), true));
          model.layers.push_back(relu());
        }
        model.layers.push_back(dense(fmt::format("fc{}", depth + 1), classes));
        return model;
      }};
}

}  // namespace steq::models
