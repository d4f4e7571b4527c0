// SPDX-License-Identifier: MIT
#include "experiments/config/config.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>

#include "experiments/config/config_keys.hpp"
#include "experiments/config/presets.hpp"
#include "experiments/config/stage_files.hpp"
#include "records/files.hpp"
#include "records/json_text.hpp"

namespace steq {
namespace {

constexpr const char* kStandardInput = "-";

/// Not by its name in /dev, which cannot be opened where it is a socket.
std::string standard_input() {
  std::string text{std::istreambuf_iterator<char>(std::cin), {}};
  if (std::cin.bad()) throw IoError("standard input", "cannot read");
  return text;
}

/// A pipe can be read once: whoever asks again gets the same text.
const std::string& text_of_stream(const std::string& path) {
  static std::map<std::string, std::string> read;
  if (const auto known = read.find(path); known != read.end()) return known->second;
  return read[path] = path == kStandardInput ? standard_input() : read_file(path);
}

/// The text of a file, a pipe or a device; nothing where there is none.
std::optional<std::string> text_of(const std::string& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status) || std::filesystem::is_directory(status)) return std::nullopt;
  return std::filesystem::is_regular_file(status) ? read_file(path) : text_of_stream(path);
}

/// Adds what is wrong to the problems that are known already.
ExperimentConfig read_document(const Json& document, const std::string& file, std::vector<Problem> problems) {
  ExperimentConfig config;
  config.file = file;
  read_table({document, "", &problems}, document_keys(), config);
  for (Problem& problem : problems) problem.place = problem.place.empty() ? file : config.place(problem.place);
  throw_if_any(problems);
  return config;
}

}  // namespace

const LearnerConfig& ExperimentConfig::learner(const std::string& wanted) const {
  return *std::ranges::find(learners, wanted, &LearnerConfig::name);
}

ExperimentConfig read_config(const Json& document, const std::string& file) {
  return read_document(document, file, refused_stage_files(document));
}

ExperimentConfig read_stage_config(const Json& document, const std::string& file) {
  return read_document(document, file, {});
}

Json resolved(const ExperimentConfig& config) { return write_table(document_keys(), config); }

Json with_defaults(const Json& document) {
  try {
    return resolved(read_config(document, ""));
  } catch (const InputError&) {
    return document;
  }
}

Json settings_of(Json config) {
  config.erase("name");
  config.erase("description");
  if (!config.contains("data") || !config["data"].is_object()) return config;
  Json& data = config["data"];
  if (const Json normalize = data.value("normalize", Json()); normalize.is_object() && normalize.contains("of"))
    data["normalize"] = normalize["of"];
  return config;
}

std::string document_place(const std::string& source) { return source == kStandardInput ? "standard input" : source; }

Json load_document(const std::string& source) {
  if (const Preset* preset = find_preset(source)) return parse_json(preset->text, preset->name);
  const std::optional<std::string> text = source == kStandardInput ? text_of_stream(source) : text_of(source);
  if (text) return parse_json(*text, document_place(source));
  throw InputError(source, fmt::format("neither a file nor a preset; presets: {}{}", join(preset_names()),
                                       suggestion(source, preset_names())));
}

ExperimentConfig load_config(const std::string& source, const std::vector<std::string>& overrides) {
  return read_overridden(load_document(source), document_place(source), overrides, read_config);
}

}  // namespace steq
