// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "sim/metrics/registry.hpp"
#include "sim/metrics/trace.hpp"

namespace steq {

/// Metrics that are undefined because the same records are missing.
struct UndefinedMetrics {
  std::vector<std::string> metrics;
  std::vector<std::string> missing_a, missing_b;  ///< as missing_records() names them
};

/// Those of `undefined` that miss something that a log can hold, in two learners of which `a` and `b` is all that was
/// stored.
std::vector<UndefinedMetrics> undefined_metrics(const std::vector<std::string>& undefined, const LearnerTrace& a,
                                                const LearnerTrace& b);

/// "Undefined, because A has no /ste/w/levels: alignment_error_per_bin"
std::string to_text(const UndefinedMetrics& undefined, const std::string& name_a, const std::string& name_b);

}  // namespace steq
