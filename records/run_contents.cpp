// SPDX-License-Identifier: MIT
#include "records/run_contents.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "records/checkpoint.hpp"
#include "records/files.hpp"
#include "records/json_values.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

constexpr std::array kFiles{"config.json", "history.jsonl", "summary.json", "manifest.json", "logs.h5", "report.html"};

/// The folders of a run, and how names in them end.
const std::map<std::string, std::vector<std::string>> kFolders{{"weights", {".safetensors"}},
                                                               {"figures", {".svg", ".pdf", ".gp", ".csv", ".json"}},
                                                               {"tables", {".csv", ".tex", ".md"}}};

bool contains(const auto& names, const std::string& name) { return std::ranges::find(names, name) != names.end(); }

/// Whether a run writes a file of that name, relative to its directory. Experiments of many runs keep them in
/// runs/NAME.
bool is_written(const fs::path& name) {
  const std::string first = name.begin()->string();
  const auto depth = std::distance(name.begin(), name.end());
  if (is_temporary(name)) return true;
  if (depth == 1) return contains(kFiles, first) || contains(checkpoint_files(), first);
  if (first == "runs" && depth == 2) return name.string().ends_with(".partial.lock");
  if (first == "runs" && depth > 2) return is_written(name.lexically_relative(first / *std::next(name.begin())));
  const auto folder = kFolders.find(first);
  return depth == 2 && folder != kFolders.end() && contains(folder->second, name.extension().string());
}

/// Everything below the directory that is no directory, relative to it. Links are not followed.
std::vector<fs::path> files_of(const fs::path& directory) {
  std::vector<fs::path> files;
  try {
    for (const auto& entry : fs::recursive_directory_iterator(directory))
      if (entry.is_symlink() || !entry.is_directory()) files.push_back(entry.path().lexically_relative(directory));
  } catch (const fs::filesystem_error& error) {
    throw IoError(error.path1().string(), "cannot be read: " + error.code().message());
  }
  return files;
}

/// null where there is no such file, or it is no JSON.
Json json_in(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return nullptr;
  try {
    Json json = Json::parse(read_file(file.string()), nullptr, false);
    return json.is_object() ? json : Json(nullptr);
  } catch (const IoError&) {
    return nullptr;
  }
}

bool has_kind(const Json& json, const char* kind) { return json.is_object() && json.value("kind", Json()) == kind; }

/// Its first file says what a run is, before the first checkpoint.
bool is_config(const Json& json) {
  return json.is_object() && json.contains("name") && (json.contains("learners") || json.contains("cases"));
}

/// Deepest first.
void remove_empty_directories(const fs::path& directory) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error))
    if (entry.is_directory() && !entry.is_symlink()) remove_empty_directories(entry.path());
  fs::remove(directory, error);  // refuses where it is not empty
}

}  // namespace

bool is_run(const fs::path& directory) {
  const Json manifest = json_in(directory / "manifest.json");
  return manifest.is_object() && manifest.value("schema", Json()) == 1 && manifest.value("steq", Json()).is_string() &&
         manifest.value("results", Json()).is_array();
}

bool is_unfinished_run(const fs::path& directory) {
  std::error_code error;
  const std::vector<fs::path> files = files_of(directory);
  if (!std::ranges::all_of(files, is_written)) return false;
  return std::ranges::all_of(files, is_temporary) || has_checkpoint(directory) ||
         is_config(json_in(directory / "config.json"));
}

bool is_study(const fs::path& directory) {
  return has_kind(json_in(directory / "study.json"), "study") || has_kind(json_in(directory / "config.json"), "study");
}

std::vector<std::string> remove_run(const fs::path& directory) {
  std::vector<std::string> left;
  for (const fs::path& file : files_of(directory)) {
    std::error_code error;
    if (!is_written(file))
      left.push_back(file.string());
    else if (fs::remove(directory / file, error); error)
      throw IoError((directory / file).string(), "cannot be removed: " + error.message());
  }
  remove_empty_directories(directory);
  std::ranges::sort(left);
  return left;
}

void remove_temporaries(const fs::path& directory) {
  std::error_code error;
  for (const fs::path& file : files_of(directory))
    if (is_temporary(file)) fs::remove(directory / file, error);
}

}  // namespace steq
