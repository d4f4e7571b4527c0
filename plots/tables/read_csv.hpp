// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>

#include "plots/tables/table.hpp"

namespace steq {

/// A CSV file as to_csv writes it, its first row as header; nothing where there is no such file or it is empty. A row
/// with too few cells gets empty ones. Throws IoError where it cannot be read.
std::optional<Table> read_csv(const std::filesystem::path& file);

/// The cell as a number; NaN where it is none.
double number_of(const std::string& cell);

/// The place of the column of that name; nothing where there is none.
std::optional<std::size_t> column_of(const Table& table, const std::string& name);

}  // namespace steq
