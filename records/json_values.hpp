// SPDX-License-Identifier: MIT
// JSON on one side, the declared values of the engine on the other.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "sim/core/notation.hpp"
#include "sim/estimators/expression_text.hpp"

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

/// {name: value, ...}
Json to_json(const Symbols& symbols);

/// The text of a JSON file or output, indented, with a line feed at its end. Bytes that are no UTF-8, as names of files
/// can hold, become U+FFFD: nothing that is to be written fails for its name.
std::string file_text(const Json& json);

/// True where the bytes are UTF-8, of which JSON is made.
bool is_utf8(const std::string& text);

/// One line for messages, cut off where it is long.
std::string shown(const Json& json);

}  // namespace steq
