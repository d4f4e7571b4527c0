// SPDX-License-Identifier: MIT
// The SPEC notation of the command line: `name` or `name:key=value,key=value`, e.g. `uniform:bits=2,range=1`. A value
// goes up to the next comma outside parentheses, so that it can be a formula: `formula:q=max(0.2,1-u*u)`.
#pragma once

#include <string>
#include <string_view>

#include "sim/core/parameters.hpp"

namespace steq {

struct Spec {
  std::string name;
  Values values;
};

/// `true`/`false`, an integer, a number, or else the text itself.
Value parse_value(std::string_view text);

/// Throws InputError (naming `place`) where the text is not of the SPEC form or names a key twice.
Spec parse_spec(std::string_view text, const std::string& place);

/// The inverse of parse_spec, but for lists: a SPEC says 0.5/0.75, which is a text until a parameter takes it.
std::string to_text(const Spec& spec);

}  // namespace steq
