// SPDX-License-Identifier: MIT
// The control "other seed": the same learner of two runs that differ in nothing but the seed.
#pragma once

#include <filesystem>
#include <string>

#include "records/json_values.hpp"

namespace steq {

/// {"weights", "metrics", "first_divergence"} of the learner in run `a` against the same in run `b`, as a summary.json
/// has them. Metrics of inference are undefined where the test images are not the same files. Throws InputError where a
/// run cannot be read or has no such learner.
Json other_seed_comparison(const std::filesystem::path& a, const std::filesystem::path& b, const std::string& learner);

}  // namespace steq
