// SPDX-License-Identifier: MIT
// JSON on one side, the declared values of the engine on the other.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "sim/core/notation.hpp"

namespace steq {

/// Keeps the order of keys, so that files read as they were written.
using Json = nlohmann::ordered_json;

/// Nothing for null, objects, and arrays of anything but numbers. An integer beyond 64 bits becomes a number.
std::optional<Value> to_value(const Json& json);

Json to_json(const Value& value);

/// A finite number as such; else "NaN", "Infinity" or "-Infinity", because JSON has no word for them.
Json to_json(double number);

/// {key: name, parameter: value, ...}
Json to_json(const Spec& spec, const std::string& key);

/// One line for messages, cut off where it is long.
std::string shown(const Json& json);

}  // namespace steq
