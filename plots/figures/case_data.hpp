// SPDX-License-Identifier: MIT
// What the figures of experiments without a network share: the data of all cases as one file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "plots/tables/table.hpp"
#include "records/json_values.hpp"

namespace steq {

/// The cases of a run directory's summary.json.
Json read_cases(const std::filesystem::path& run_directory);

/// The columns at these places of every case's table below each other, after the case's number and name.
Table joined_tables(const std::filesystem::path& run_directory, const Json& cases,
                    const std::vector<std::size_t>& columns, const Row& header);

/// gnuplot's word for a column where the row belongs to that case, else a gap.
std::string of_case(std::size_t index, int column);

}  // namespace steq
