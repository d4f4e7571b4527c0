// SPDX-License-Identifier: MIT
#include "sim/data/data_files.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "sim/data/dataset.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

fs::file_type type_of(const fs::path& path) {
  std::error_code error;
  const fs::file_type type = fs::status(path, error).type();
  if (type == fs::file_type::none) throw IoError(path.string(), error.message());
  return type;
}

}  // namespace

ParameterInfo path_parameter() {
  return {.name = "path",
          .kind = Kind::text,
          .fallback = std::nullopt,
          .meaning = "directory of the files, each plain or with .gz",
          .words = {}};
}

std::vector<ParameterInfo> file_parameters() {
  std::vector<ParameterInfo> parameters = limit_parameters();
  parameters.insert(parameters.begin(), path_parameter());
  return parameters;
}

std::optional<std::string> find_file(const std::string& directory, const std::string& name) {
  for (const char* ending : {"", ".gz"}) {
    const fs::path path = fs::path(directory) / (name + ending);
    if (type_of(path) == fs::file_type::regular) return path.string();
  }
  return std::nullopt;
}

std::vector<std::string> find_files(const std::string& directory, const std::vector<std::string>& names,
                                    const std::string& source) {
  std::vector<std::string> paths, missing;
  for (const std::string& name : names) {
    if (auto path = find_file(directory, name))
      paths.push_back(*path);
    else
      missing.push_back(name);
  }
  if (!missing.empty()) throw missing_files(directory, join(missing), source);
  return paths;
}

InputError missing_files(const std::string& directory, const std::string& missing, const std::string& source) {
  const fs::file_type type = type_of(directory);
  const char* found = type == fs::file_type::directory   ? "files not found: "
                      : type == fs::file_type::not_found ? "no such directory; looked in it for "
                                                         : "not a directory; looked in it for ";
  return {directory, fmt::format("{}{} (each plain or with .gz); {}; dataset synthetic-digits needs no files", found,
                                 missing, source)};
}

}  // namespace steq
