// SPDX-License-Identifier: MIT
// A model builds a network's layers for given images and classes.
#pragma once

#include "sim/core/plugin.hpp"
#include "sim/nn/spec.hpp"

namespace steq {

/// make(parameters, image shape, number of classes); InputError where the images do not suit the model.
using ModelRegistry = Registry<ModelSpec(const Parameters&, const SampleShape& input, std::size_t classes)>;
const ModelRegistry& model_registry();

}  // namespace steq
