// SPDX-License-Identifier: MIT
#include "experiments/config/config_sections.hpp"

#include "sim/data/augmentation.hpp"
#include "sim/data/dataset.hpp"
#include "sim/optimizers/optimizer.hpp"
#include "sim/optimizers/schedule.hpp"
#include "sim/quantizers/quantizer.hpp"

namespace steq {
namespace {

constexpr double kLargestCount = std::numeric_limits<std::uint32_t>::max();

/// The section, or `fallback` where it is missing.
ConfigNode section_or(const ConfigNode& document, const std::string& key, const Json& fallback) {
  ConfigNode node = document.at(key);
  if (!document.has(key)) node.json = fallback;
  return node;
}

ParameterInfo count_parameter(const std::string& name, std::int64_t fallback, const std::string& meaning) {
  return {.name = name,
          .kind = Kind::integer,
          .fallback = Value(fallback),
          .meaning = meaning,
          .min = 0,
          .max = kLargestCount,
          .words = {}};
}

ParameterInfo switch_parameter(const std::string& name, bool fallback, const std::string& meaning) {
  return {.name = name, .kind = Kind::boolean, .fallback = Value(fallback), .meaning = meaning, .words = {}};
}

bool empty_text(const Json& value) { return value.is_string() && value.get_ref<const std::string&>().empty(); }

}  // namespace

void read_data(const ConfigNode& document, ExperimentConfig& config) {
  const ConfigNode node = expanded(document.at("data"), "dataset");
  config.dataset = read_plugin(node, "dataset", catalogue(dataset_registry()), {}, {"augment"});
  config.augmentation = read_plugin(section_or(node, "augment", "none"), "type", catalogue(augmentation_registry()));
  if (node.has("path") && empty_text(node.json.at("path"))) node.at("path").refuse("the directory of the data files");
  for (Problem& problem : *document.problems)
    if (problem.place == "data.path" && problem.text.starts_with("missing"))
      problem.text += "; give it in the config or as --set data.path=DIR";
}

void read_init(const ConfigNode& document, ExperimentConfig& config) {
  const ConfigNode node = expanded(section_or(document, "init", "he-uniform"), "scheme");
  const ParameterInfo scheme{.name = "scheme",
                             .kind = Kind::text,
                             .fallback = Value(config.init.scheme),
                             .meaning = "distribution of the initial weights",
                             .words = {"he-uniform"}};
  const ParameterInfo file{.name = "file",
                           .kind = Kind::text,
                           .fallback = Value(""),
                           .meaning = "safetensors file with all tensors of the network",
                           .words = {}};
  Values values = read_object(node, {scheme, file});
  config.init = {.scheme = take<std::string>(values, "scheme"), .file = take<std::string>(values, "file")};
  if (node.has("scheme") && node.has("file")) node.report("both scheme and file are given; allowed: one of them");
  if (node.has("file") && empty_text(node.json.at("file"))) node.at("file").refuse("the path of a safetensors file");
}

void read_quantizer(const ConfigNode& document, ExperimentConfig& config) {
  config.quantizer = read_plugin(section_or(document, "quantizer", "uniform"), "type", catalogue(quantizer_registry()));
}

void read_optimizer(const ConfigNode& document, ExperimentConfig& config) {
  const ConfigNode node = expanded(document.at("optimizer"), "type");
  const ParameterInfo learning_rate{
      .name = "learning_rate", .fallback = std::nullopt, .meaning = "peak learning rate", .min = 0, .words = {}};
  config.optimizer = read_plugin(node, "type", catalogue(optimizer_registry()), {learning_rate}, {"schedule"});
  config.learning_rate = take<double>(config.optimizer.values, "learning_rate");
  config.schedule = read_plugin(section_or(node, "schedule", "constant"), "type", catalogue(schedule_registry()));
}

void read_record(const ConfigNode& document, ExperimentConfig& config) {
  Values values = read_object(
      section_or(document, "record", Json::object()),
      {switch_parameter("change_points", true, "record every change of a level"),
       switch_parameter("driven_twins", false, "follow each learner with the STE that its own gradients drive"),
       switch_parameter("bounds", false, "hold the theorems against every step of equivalent pairs"),
       count_parameter("latent_every", 0, "steps between records of the latent weights; 0: none"),
       count_parameter("weights_every_epochs", 1, "epochs between weights files; 0: only initial and final")});
  config.record = {.change_points = take<bool>(values, "change_points"),
                   .latent_every = take_integer<Step>(values, "latent_every"),
                   .weights_every_epochs = take_integer<std::uint32_t>(values, "weights_every_epochs"),
                   .driven_twins = take<bool>(values, "driven_twins"),
                   .bounds = take<bool>(values, "bounds")};
}

}  // namespace steq
