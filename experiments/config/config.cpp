// SPDX-License-Identifier: MIT
#include "experiments/config/config.hpp"

#include <filesystem>

#include "experiments/config/config_sections.hpp"
#include "experiments/config/overrides.hpp"
#include "experiments/config/presets.hpp"
#include "records/files.hpp"
#include "records/json_text.hpp"

namespace steq {
namespace {

constexpr double kLargestCount = std::numeric_limits<std::uint32_t>::max();

ParameterInfo text_parameter(const std::string& name, const std::string& fallback,
                             std::vector<std::string> words = {}) {
  return {.name = name, .kind = Kind::text, .fallback = Value(fallback), .meaning = {}, .words = std::move(words)};
}

ParameterInfo integer_parameter(const std::string& name, std::optional<std::int64_t> fallback, double min, double max) {
  return {
      .name = name, .kind = Kind::integer, .fallback = fallback, .meaning = {}, .min = min, .max = max, .words = {}};
}

/// The keys of the document itself. The length of the run is declared as it is given, and as one epoch where it is not.
std::vector<ParameterInfo> declared_keys(const ConfigNode& document) {
  std::vector<ParameterInfo> keys{
      text_parameter("kind", "training", {"training"}),
      text_parameter("name", "experiment"),
      text_parameter("description", ""),
      text_parameter("precision", "float", {"float", "double"}),
      integer_parameter("batch_size", std::nullopt, 1, kLargestCount),
      {.name = "shuffle", .kind = Kind::boolean, .fallback = Value(true), .meaning = {}, .words = {}},
      integer_parameter("seed", 1, 0, 9e15)};
  if (document.has("epochs") || !document.has("steps"))
    keys.push_back(integer_parameter("epochs", 1, 1, kLargestCount));
  if (document.has("steps")) keys.push_back(integer_parameter("steps", std::nullopt, 1, kLargestCount));
  return keys;
}

void read_keys(const ConfigNode& document, ExperimentConfig& config) {
  std::vector<std::string> sections{"data", "model", "init", "quantizer", "optimizer", "learners", "compare", "record"};
  if (!document.has("steps")) sections.push_back("steps");
  if (document.has("steps") && document.has("epochs"))
    document.at("steps").report("both epochs and steps are given; allowed: one of them");
  Values values = read_object(document, declared_keys(document), sections);
  config.name = take<std::string>(values, "name");
  config.description = take<std::string>(values, "description");
  config.precision = take<std::string>(values, "precision");
  config.batch_size = take_integer<std::size_t>(values, "batch_size");
  if (values.contains("epochs")) config.epochs = take_integer<std::uint32_t>(values, "epochs");
  if (values.contains("steps")) config.steps = take_integer<Step>(values, "steps");
  config.shuffle = take<bool>(values, "shuffle");
  config.seed = take_integer<std::uint64_t>(values, "seed");
  const std::string why = refused_name(config.name);
  if (!why.empty() && document.at("name").json.is_string()) document.at("name").report(why);
}

void read_document(const ConfigNode& document, ExperimentConfig& config) {
  if (!document.json.is_object()) return document.refuse("an object");
  read_keys(document, config);
  read_data(document, config);
  read_model(document, config);
  read_init(document, config);
  read_quantizer(document, config);
  read_optimizer(document, config);
  read_learners(document, config);
  read_compare(document, config);
  read_record(document, config);
}

}  // namespace

ExperimentConfig read_config(const Json& document, const std::string& file) {
  ExperimentConfig config;
  config.file = file;
  std::vector<Problem> problems;
  read_document({document, "", &problems}, config);
  for (Problem& problem : problems) problem.place = problem.place.empty() ? file : config.place(problem.place);
  throw_if_any(problems);
  return config;
}

Json load_document(const std::string& config_or_preset) {
  if (const Preset* preset = find_preset(config_or_preset)) return parse_json(preset->text, preset->name);
  std::error_code unreadable;
  const std::filesystem::file_status status = std::filesystem::status(config_or_preset, unreadable);
  if (!std::filesystem::exists(status) || std::filesystem::is_directory(status))
    throw InputError(config_or_preset, fmt::format("neither a file nor a preset; presets: {}{}", join(preset_names()),
                                                   suggestion(config_or_preset, preset_names())));
  return parse_json(read_file(config_or_preset), config_or_preset);
}

ExperimentConfig load_config(const std::string& config_or_preset, const std::vector<std::string>& overrides) {
  return read_as(load_document(config_or_preset), config_or_preset, overrides, read_config);
}

}  // namespace steq
