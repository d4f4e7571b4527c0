// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/config/config_reader.hpp"

namespace steq {

/// Applies the "set" of a study, a variant, a stage or the quick form, {PATH: VALUE, ...}, to a config, where `owner` has
/// one. What is wrong is reported to the node once, to however many configs it is applied.
void apply_set(const ConfigNode& owner, Json& document);

}  // namespace steq
