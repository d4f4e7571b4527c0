// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "records/json_values.hpp"

namespace steq {

/// Reads JSON with // and /* */ comments. Throws InputError naming `place`: line and column of a syntax error; a NUL
/// byte; every key that one object has twice; nesting deeper than 64; an object of more than 10 000 keys.
Json parse_json(std::string_view text, const std::string& place);

/// The same for objects with any number of keys, whose order is lost.
nlohmann::json parse_large_json(std::string_view text, const std::string& place);

}  // namespace steq
