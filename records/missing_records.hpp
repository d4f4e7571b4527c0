// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "sim/metrics/registry.hpp"
#include "sim/metrics/trace.hpp"

namespace steq {

/// What the records of a learner lack for a metric, as docs/logs.md names it: "/ste/conv1.weight/levels",
/// "weights/ste-final.safetensors"; of several tensors the first, and how many more. Empty where nothing is missing
/// that a log can hold. `learner` is the whole of what was stored.
std::vector<std::string> missing_records(const LearnerTrace& learner, const std::string& metric);

}  // namespace steq
