// SPDX-License-Identifier: MIT
#include "sim/nn/layer_registry.hpp"

namespace steq {

ParameterInfo name_parameter() {
  return {.name = "name",
          .kind = Kind::text,
          .meaning = "the layer's name; its tensors are NAME.weight, NAME.bias as in PyTorch"};
}

ParameterInfo flag_parameter(const std::string& name, bool fallback, const std::string& meaning) {
  return {.name = name, .kind = Kind::boolean, .fallback = Value(fallback), .meaning = meaning};
}

ParameterInfo trainable_parameter() {
  return flag_parameter("trainable", true, "update the layer's tensors; false: they stay as they begin");
}

ParameterInfo size_parameter(const std::string& name, std::optional<std::int64_t> fallback,
                             const std::string& meaning) {
  ParameterInfo info{.name = name, .kind = Kind::integer, .meaning = meaning, .min = 1, .max = 1 << 20};
  if (fallback) info.fallback = Value(*fallback);
  return info;
}

}  // namespace steq
