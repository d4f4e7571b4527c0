// SPDX-License-Identifier: MIT
#include "records/run_files.hpp"

#include <fmt/format.h>

#include <sstream>

#include "records/files.hpp"
#include "records/json_text.hpp"
#include "records/stored_json.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

fs::file_status status_of(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::none) throw IoError(path.string(), "cannot be read: " + error.message());
  return status;
}

}  // namespace

void check_readable_directory(const fs::path& directory) {
  if (!fs::is_directory(status_of(directory)))
    throw InputError(directory.string(), "is not a directory; allowed: a run directory, with a logs.h5");
  std::error_code error;
  const fs::directory_iterator listed(directory, error);
  if (error) throw IoError(directory.string(), "cannot be read: " + error.message());
}

bool is_file(const fs::path& path) { return fs::is_regular_file(status_of(path)); }

Json read_json_if_there(const fs::path& file) {
  return is_file(file) ? parse_json(read_file(file.string()), file.string()) : Json(nullptr);
}

std::vector<Json> read_history_if_there(const fs::path& file) {
  std::vector<Json> lines;
  if (!is_file(file)) return lines;
  std::istringstream text(read_file(file.string()));
  std::size_t number = 0;
  for (std::string line; std::getline(text, line);) {
    const std::string place = fmt::format("{}, line {}", file.string(), ++number);
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    lines.push_back(parse_json(line, place));
    check_epoch(lines.back(), place);
  }
  return lines;
}

}  // namespace steq
