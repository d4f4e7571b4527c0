// SPDX-License-Identifier: MIT
#include "records/undefined_metrics.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "records/missing_records.hpp"
#include "sim/core/parameters.hpp"

namespace steq {

std::vector<UndefinedMetrics> undefined_metrics(const std::vector<std::string>& undefined, const LearnerTrace& a,
                                                const LearnerTrace& b) {
  std::vector<UndefinedMetrics> all;
  for (const std::string& metric : undefined) {
    const auto in_a = missing_records(a, metric), in_b = missing_records(b, metric);
    if (in_a.empty() && in_b.empty()) continue;
    const auto alike = [&](const UndefinedMetrics& u) { return u.missing_a == in_a && u.missing_b == in_b; };
    auto found = std::ranges::find_if(all, alike);
    if (found == all.end()) found = all.insert(all.end(), {{}, in_a, in_b});
    found->metrics.push_back(metric);
  }
  return all;
}

std::string to_text(const UndefinedMetrics& undefined, const std::string& name_a, const std::string& name_b) {
  std::vector<std::string> reasons;
  if (!undefined.missing_a.empty()) reasons.push_back(fmt::format("{} has no {}", name_a, join(undefined.missing_a)));
  if (!undefined.missing_b.empty()) reasons.push_back(fmt::format("{} has no {}", name_b, join(undefined.missing_b)));
  return fmt::format("Undefined, because {}: {}", fmt::join(reasons, " and "), join(undefined.metrics));
}

}  // namespace steq
