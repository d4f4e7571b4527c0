// SPDX-License-Identifier: MIT
// What the bits of a run depend on, held against what they depended on before.
#pragma once

#include <string>
#include <vector>

#include "records/json_values.hpp"
#include "sim/core/errors.hpp"

namespace steq {

/// Something that is not what it was.
struct RunDifference {
  std::string
      place;  ///< "optimizer.momentum"; with a prefix "config ", "build ", "data " or "init " where one is given
  std::string then, now;
};
using RunDifferences = std::vector<RunDifference>;

/// What of a config decides the results, but for the contents of files.
Json settings_without_places(Json config);

/// Of two configs. Neither names count nor the places of files, whose contents are compared.
RunDifferences settings_differences(const Json& then, const Json& now, const std::string& prefix);

/// Of this program on this machine and what `then` says.
RunDifferences build_differences_to(const Json& then);

/// Of two objects of hashes(), {"data", "init"}, file by file; where a file lies does not count.
RunDifferences file_differences(const Json& then, const Json& now);

/// "a: 1, not 2" for the first few.
std::string told(const RunDifferences& differences);

/// Each on its own, for a run that cannot go on for them.
std::vector<Problem> as_problems(const RunDifferences& differences);

}  // namespace steq
