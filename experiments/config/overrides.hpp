// SPDX-License-Identifier: MIT
// --set PATH=VALUE: changes to a config before it is read.
#pragma once

#include <string>
#include <vector>

#include "records/json_values.hpp"

namespace steq {

/// Applies each override in turn. PATH is dotted, an index stands as learners.0 or learners[0]; VALUE is JSON, or else
/// a text; where the key is a text it is one without quotes too (name=42). New keys are made (the reader refuses the
/// unknown ones); a plug-in given by its name becomes an object where a path goes into it; setting `steps` takes away
/// `epochs`, and the other way round. Throws InputError with every problem, the good overrides applied.
void apply_overrides(Json& document, const std::vector<std::string>& overrides);

/// One such change, with a value that has been read. Throws InputError naming `place`; then nothing is changed.
void apply_change(Json& document, const std::string& path, const Json& value, const std::string& place);

}  // namespace steq
