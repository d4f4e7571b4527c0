// SPDX-License-Identifier: MIT
#include "sim/data/data_files.hpp"

#include <fmt/format.h>

#include <algorithm>

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

std::string nothing_empty(const Value& value) {
  return std::get<std::string>(value).empty() ? "\"\" is not allowed; allowed: the directory of the data files" : "";
}

/// The nearest directory below that holds such a file; a large tree is searched in part.
std::optional<fs::path> below(const fs::path& directory, const FileSource& source) {
  constexpr std::size_t kMost = 500;
  std::vector<fs::path> folders{directory};
  for (std::size_t i = 0; i < folders.size(); ++i)
    for (const std::string& name : names_in(folders[i])) {
      std::error_code unreadable;
      const fs::path folder = folders[i] / name;
      if (!fs::is_directory(folder, unreadable) || fs::is_symlink(folder, unreadable)) continue;
      if (std::ranges::any_of(names_in(folder), source.holds)) return folder;
      if (folders.size() < kMost) folders.push_back(folder);
    }
  return std::nullopt;
}

/// What people find under the name of a dataset that is not these files.
std::string misplaced(const std::string& name) {
  const auto ends = [&](const std::vector<const char*>& endings) {
    return std::ranges::any_of(endings, [&](const char* ending) { return name.ends_with(ending); });
  };
  if (ends({".zip", ".tar", ".tar.gz", ".tgz", ".7z", ".rar"})) return name + " has to be unpacked";
  if (ends({".npz", ".npy", ".csv", ".parquet", ".pkl", ".pt", ".mat"})) return name + " is in another format";
  return "";
}

/// What is there in place of the files, to follow the message; empty where nothing helps.
std::string hint(const std::string& directory, const FileSource& source) {
  try {
    if (const auto folder = below(directory, source)) return fmt::format("; such files are in {}", folder->string());
    for (const std::string& name : names_in(directory))
      if (const std::string text = misplaced(name); !text.empty()) return "; " + text;
  } catch (const IoError&) {  // of a directory that may not be read
  }
  return "";
}

}  // namespace

ParameterInfo path_parameter() {
  return {.name = "path",
          .kind = Kind::path,
          .fallback = std::nullopt,
          .meaning = "directory of the files, each plain or with .gz",
          .aliases = {{"root"}, {"dir"}, {"directory"}, {"folder"}},
          .refusal = nothing_empty};
}

std::vector<ParameterInfo> file_parameters() {
  std::vector<ParameterInfo> parameters = limit_parameters();
  parameters.insert(parameters.begin(), path_parameter());
  return parameters;
}

std::optional<std::string> find_file(const std::string& directory, const std::string& name) {
  for (const fs::path& folder : {fs::path(directory), fs::path(directory) / name})
    for (const char* ending : {"", ".gz"}) {
      const fs::path path = folder / (name + ending);
      if (type_of(folder) == fs::file_type::directory && type_of(path) == fs::file_type::regular) return path.string();
    }
  return std::nullopt;
}

std::string find_place(const std::string& directory, const std::vector<std::string>& folders,
                       const std::vector<std::string>& names) {
  const auto holds = [&](const std::string& place) {
    return std::ranges::any_of(names, [&](const std::string& name) { return find_file(place, name).has_value(); });
  };
  if (holds(directory)) return directory;
  for (const std::string& folder : folders)
    if (const std::string place = (fs::path(directory) / folder).string(); holds(place)) return place;
  return directory;
}

std::vector<std::string> names_in(const fs::path& directory) {
  std::vector<std::string> names;
  if (type_of(directory) != fs::file_type::directory) return names;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error))
    names.push_back(entry->path().filename().string());
  if (error) throw IoError(directory.string(), error.message());
  std::ranges::sort(names);
  return names;
}

InputError missing_files(const std::string& directory, const std::string& missing, const FileSource& source) {
  const fs::file_type type = type_of(directory);
  const char* found = type == fs::file_type::directory   ? "files not found: "
                      : type == fs::file_type::not_found ? "no such directory; looked in it for "
                                                         : "not a directory; looked in it for ";
  return {directory, fmt::format("{}{} (each plain or with .gz){}; {}; dataset synthetic-digits needs no files", found,
                                 missing, hint(directory, source), source.clause)};
}

std::vector<Problem> beside_compressed(std::vector<Problem> problems) {
  for (Problem& problem : problems) {
    std::error_code unreadable;
    const fs::path other = problem.place + ".gz";
    if (fs::is_regular_file(other, unreadable))
      problem.text +=
          fmt::format("; {} lies beside it and is read where the plain file is removed", other.filename().string());
  }
  return problems;
}

}  // namespace steq
