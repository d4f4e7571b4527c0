// SPDX-License-Identifier: MIT
#include "experiments/commands/run_source.hpp"

#include <filesystem>
#include <optional>

#include "experiments/config/config.hpp"
#include "experiments/config/named_files.hpp"
#include "experiments/config/presets.hpp"
#include "records/checkpoint.hpp"
#include "records/files.hpp"
#include "records/json_text.hpp"
#include "records/run_directory.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

/// DIR of a DIR.partial, as a shell completes it where there is no DIR.
fs::path directory_meant(const std::string& given) {
  const fs::path place = run_place(given);
  std::error_code error;
  return place.extension() == ".partial" && fs::exists(place, error) ? fs::path(place).replace_extension() : place;
}

/// A relative path that leads nowhere from here is completed by the directory where the run was started.
void locate(Json& config, const Json::json_pointer& key, const fs::path& started_in) {
  if (!config.contains(key) || !config[key].is_string()) return;
  const fs::path path = config[key].get<std::string>();
  std::error_code error;
  if (path.is_relative() && !fs::exists(path, error) && fs::exists(started_in / path, error))
    config[key] = (started_in / path).string();
}

std::optional<Json> config_of_checkpoint(const fs::path& directory) {
  const std::optional<FoundCheckpoint> found = find_checkpoint(directory);
  if (!found) return std::nullopt;
  const Json& about = found->checkpoint.about;
  Json config = about.value("config", Json::object());
  const fs::path started_in = about.value("directory", std::string());
  locate(config, Json::json_pointer("/data/path"), started_in);
  for (const NamedFile& file : named_files(config)) locate(config, file.at, started_in);
  return config;
}

std::optional<Json> config_of_results(const fs::path& directory) {
  const fs::path file = directory / "config.json";
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return std::nullopt;
  return parse_json(read_file(file.string()), file.string());
}

/// Where `given` is a file or a preset it is that.
bool names_directory(const std::string& given) {
  std::error_code error;
  return !given.empty() && given != "-" && !find_preset(given) &&
         (!fs::exists(given, error) || fs::is_directory(given, error));
}

}  // namespace

RunSource run_source(const std::string& given, Wish wish) {
  if ((wish == Wish::resume || wish == Wish::either) && names_directory(given)) {
    const fs::path directory = directory_meant(given);
    for (const auto& config_of : {config_of_checkpoint, config_of_results})
      for (const fs::path& place : {staging_of(directory), directory})
        if (std::optional<Json> config = config_of(place))
          return {.name = place.string(), .document = *std::move(config), .directory = directory.string()};
    if (fs::is_directory(given)) throw InputError(given, "holds no run to go on with, and is no config");
  }
  return {.name = document_place(given), .document = load_document(given)};
}

}  // namespace steq
