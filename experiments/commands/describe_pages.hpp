// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace steq {

/// Writes NAME.md and, where gnuplot is installed, NAME.svg of the estimator of that name, or of all of them with index.md
/// and other-libraries.md, into `directory`, which is made where it does not exist. Returns the files written. Throws
/// InputError where there is no such estimator, IoError where something cannot be written.
std::vector<std::filesystem::path> write_estimator_pages(const std::filesystem::path& directory,
                                                         const std::optional<std::string>& name);

/// The same for metrics: NAME.md, or metrics.md with all of them; no figures.
std::vector<std::filesystem::path> write_metrics_page(const std::filesystem::path& directory,
                                                      const std::optional<std::string>& name);

}  // namespace steq
