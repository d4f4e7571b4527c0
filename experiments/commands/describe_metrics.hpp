// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

namespace steq {

/// In Markdown: the definition of the metric of that name, or docs/metrics.md, the page of all of them. Throws
/// InputError where there is no such metric.
std::string metrics_markdown(const std::optional<std::string>& name);

}  // namespace steq
