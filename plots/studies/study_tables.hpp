// SPDX-License-Identifier: MIT
// The tables of a study, from its study.json alone.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "plots/tables/table.hpp"

namespace steq {

/// Every table of the study; cells are the median over the seeds and, of several, [min, max].
/// In the layout "metrics" rows are metrics (those of the paper first) and columns pairs, in "pairs" the other way
/// round; "rows" chooses among the metrics.
std::vector<NamedTable> study_tables(const nlohmann::ordered_json& study);

/// What was expected and what was measured.
Table expectation_table(const nlohmann::ordered_json& study);

/// A row for each seed of each cell of study_tables(): table, row, column, seed, value, run directory.
Table study_sources(const nlohmann::ordered_json& study);

/// Writes tables/NAME.{csv,md,tex} of all of them that have rows below `directory`, and tables/sources.csv.
void write_study_tables(const nlohmann::ordered_json& study, const std::filesystem::path& directory);

}  // namespace steq
