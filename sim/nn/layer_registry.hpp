// SPDX-License-Identifier: MIT
// The layers that a config can name.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "sim/core/plugin.hpp"
#include "sim/nn/spec.hpp"

namespace steq {

template <class T>
class GraphBuilder;

using AnyBuilder = std::variant<GraphBuilder<float>*, GraphBuilder<double>*>;

/// make(parameters, spec, builder) appends the layer to the graph. InputError where it does not fit its input.
using LayerRegistry = Registry<void(const Parameters&, const LayerSpec&, AnyBuilder)>;
const LayerRegistry& layer_registry();

/// The entry of a layer; `build(parameters, spec, GraphBuilder<T>&)` is a generic function.
template <class Build>
LayerRegistry::Entry layer_entry(PluginInfo info, Build build) {
  return {std::move(info), [build](const Parameters& p, const LayerSpec& spec, AnyBuilder any) {
            std::visit([&](auto* builder) { build(p, spec, *builder); }, any);
          }};
}

/// Parameters that several layers share.
ParameterInfo name_parameter();
ParameterInfo flag_parameter(const std::string& name, bool fallback, const std::string& meaning);
ParameterInfo trainable_parameter();
ParameterInfo size_parameter(const std::string& name, std::optional<std::int64_t> fallback, const std::string& meaning);

}  // namespace steq
