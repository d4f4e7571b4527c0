// SPDX-License-Identifier: MIT
#include "experiments/training/geometry_facts.hpp"

namespace steq {

Json geometry_facts(const std::vector<TensorGeometry>& tensors) {
  Json facts = Json::object();
  for (const TensorGeometry& tensor : tensors)
    facts[tensor.tensor] = {
        {"fan_in", tensor.fan_in},
        {"angle_degrees", to_json(tensor.geometry.angle_degrees)},
        {"relative_squared_error", to_json(tensor.geometry.relative_squared_error)},
        {"zero_share", to_json(tensor.geometry.zero_share)},
        {"dot_product_correlation",
         tensor.dot_product_correlation ? to_json(*tensor.dot_product_correlation) : Json(nullptr)}};
  return facts;
}

}  // namespace steq
