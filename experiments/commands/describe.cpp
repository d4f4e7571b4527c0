// SPDX-License-Identifier: MIT
#include "experiments/commands/describe.hpp"

#include "experiments/commands/describe_config.hpp"
#include "experiments/commands/describe_estimator.hpp"
#include "experiments/commands/describe_markdown.hpp"
#include "experiments/commands/describe_metrics.hpp"
#include "experiments/commands/describe_pages.hpp"
#include "experiments/commands/describe_text.hpp"
#include "experiments/config/key_list.hpp"
#include "experiments/config/presets.hpp"
#include "records/json_text.hpp"
#include "sim/codings/coding.hpp"
#include "sim/data/augmentation.hpp"
#include "sim/data/dataset.hpp"
#include "sim/metrics/registry.hpp"
#include "sim/models/model.hpp"
#include "sim/nn/layer_registry.hpp"
#include "sim/nn/loss.hpp"
#include "sim/nn/surrogate.hpp"
#include "sim/optimizers/optimizer.hpp"
#include "sim/optimizers/schedule.hpp"
#include "sim/quantizers/range_one.hpp"
#include "sim/storages/storage.hpp"
#include "theory/assumptions/assumption.hpp"
#include "theory/laws/law.hpp"
#include "theory/predictions/prediction.hpp"

namespace steq {
namespace {

Json parameter_json(const ParameterInfo& info) {
  Json json{{"name", info.name},
            {"kind", to_text(info.kind)},
            {"default", info.fallback ? to_json(*info.fallback) : Json(nullptr)},
            {"allowed", allowed(info)},
            {"meaning", info.meaning}};
  if (!info.instead_of.empty()) json["instead_of"] = info.instead_of;
  return json;
}

Json elsewhere_json(const std::vector<Elsewhere>& elsewhere) {
  Json entries = Json::array();
  for (const Elsewhere& other : elsewhere)
    entries.push_back(
        {{"library", other.library}, {"name", other.name}, {"here", other.here}, {"remark", other.remark}});
  return entries;
}

Json info_json(const PluginInfo& info) {
  Json parameters = Json::array();
  for (const ParameterInfo& parameter : info.parameters) parameters.push_back(parameter_json(parameter));
  return {{"name", info.name},
          {"summary", info.summary},
          {"convention", info.convention},
          {"formula", info.formula},
          {"citation", info.citation},
          {"elsewhere", elsewhere_json(info.elsewhere)},
          {"parameters", std::move(parameters)}};
}

template <class Signature>
std::vector<Json> plugins(const Registry<Signature>& registry) {
  std::vector<Json> entries;
  for (const auto& entry : registry.entries()) entries.push_back(info_json(entry.info));
  return entries;
}

Json with_details(const PluginInfo& info, const Json& details) {
  Json json = info_json(info);
  json.update(details);
  return json;
}

std::vector<Json> estimators() {
  std::vector<Json> entries;
  for (const auto& entry : estimator_registry().entries())
    entries.push_back(with_details(entry.info, estimator_details(entry)));
  return entries;
}

const char* text_of(GridParameter::By by) {
  switch (by) {
    case GridParameter::By::learned:
      return "learned";
    case GridParameter::By::fitted:
      return "fitted to the weights";
    case GridParameter::By::scheduled:
      return "on a schedule";
    case GridParameter::By::first:
      return "found once, in the first weights";
  }
  return "";
}

/// With what moves their grids.
std::vector<Json> quantizers() {
  std::vector<Json> entries;
  for (const auto& entry : quantizer_registry().entries()) {
    Json moving = Json::array();
    const auto example = quantizer_registry().make(example_of(entry.info), "", TensorShape{kFanInOfRangeOne});
    for (const GridParameter& parameter : example->parameters())
      moving.push_back({{"name", parameter.name}, {"by", text_of(parameter.by)}, {"meaning", parameter.meaning}});
    entries.push_back(info_json(entry.info));
    entries.back()["grid_parameters"] = std::move(moving);
  }
  return entries;
}

std::vector<Json> preset_entries() {
  std::vector<Json> entries;
  for (const Preset& preset : presets())
    entries.push_back(
        {{"name", preset.name}, {"summary", description(preset)}, {"config", parse_json(preset.text, preset.name)}});
  return entries;
}

/// The element of that name; InputError listing the names where there is none.
template <class Elements, class NameOf>
const auto& pick(const Elements& elements, const std::string& name, const std::string& place, const NameOf& name_of) {
  std::vector<std::string> names;
  for (const auto& element : elements) {
    if (name_of(element) == name) return element;
    names.push_back(name_of(element));
  }
  throw InputError(place,
                   fmt::format("unknown name \"{}\"; allowed: {}{}", name, join(names), suggestion(name, names)));
}

Json all_json() {
  Json all = Json::object();
  for (const DescribeKind& kind : describe_kinds()) all[kind.name] = kind.entries();
  return all;
}

std::string all_text() {
  std::string text;
  for (const DescribeKind& kind : describe_kinds()) text += list_text(kind.name, kind.entries()) + "\n";
  return text + "steq describe KIND NAME shows one of them.\n";
}

void check_options(const DescribeOptions& options) {
  std::vector<Problem> problems;
  const auto refuse = [&](const char* option, const char* why) { problems.push_back({option, why}); };
  if (options.out && !options.markdown) refuse("--out", "not allowed here; allowed: with --markdown");
  if (options.markdown && options.json) refuse("--markdown", "not allowed with --json; allowed: one of the two");
  if (options.markdown && options.kind != "estimators" && options.kind != "metrics")
    refuse("--markdown", "not allowed here; allowed: steq describe estimators|metrics [NAME] --markdown");
  else if (options.markdown && !options.name && !options.out)
    refuse("--markdown", "there is nowhere to write the pages to; allowed: the name of one entry, or --out DIR");
  if (options.quantizer && (options.markdown || options.kind != "estimators" || !options.name))
    refuse("--quantizer", "not allowed here; allowed: steq describe estimators NAME [--json]");
  if (options.out && options.out->empty()) refuse("--out", "\"\" is not allowed; allowed: the name of a directory");
  if (!problems.empty()) throw InputError(std::move(problems));
}

const EstimatorRegistry::Entry& pick_estimator(const std::string& name) {
  return pick(estimator_registry().entries(), name, "describe estimators",
              [](const auto& entry) { return entry.info.name; });
}

/// With the parameters and on the quantizer that were given.
Json chosen_estimator(const DescribeOptions& options) {
  Spec spec = parse_spec(*options.name, "describe estimators");
  const PluginInfo& info = pick_estimator(spec.name).info;
  if (spec.values.empty()) spec = example_of(info);
  const Spec quantizer = parse_spec(options.quantizer.value_or(shown_grid(info)), "--quantizer");
  return with_details(info, estimator_details(spec, quantizer, {quantizer}));
}

/// Whether that is asked for, and not the entry of the list.
bool chooses(const DescribeOptions& options) {
  return options.kind == "estimators" && options.name &&
         (options.quantizer || options.name->find(':') != std::string::npos);
}

std::string markdown(const DescribeOptions& options) {
  const bool metrics = options.kind == "metrics";
  if (!options.out) return metrics ? metrics_markdown(options.name) : markdown_page(pick_estimator(*options.name));
  std::string files;
  for (const auto& file : (metrics ? write_metrics_page : write_estimator_pages)(*options.out, options.name))
    files += file.string() + "\n";
  return files;
}

}  // namespace

const std::vector<DescribeKind>& describe_kinds() {
  static const std::vector<DescribeKind> kinds{
      {"quantizers", quantizers},
      {"estimators", estimators},
      {"codings", [] { return plugins(coding_registry()); }},
      {"storages", [] { return plugins(storage_registry()); }},
      {"surrogates", [] { return plugins(surrogate_registry()); }},
      {"losses", [] { return plugins(loss_registry()); }},
      {"optimizers", [] { return plugins(optimizer_registry()); }},
      {"schedules", [] { return plugins(schedule_registry()); }},
      {"layers", [] { return plugins(layer_registry()); }},
      {"models", [] { return plugins(model_registry()); }},
      {"datasets", [] { return plugins(dataset_registry()); }},
      {"augmentations", [] { return plugins(augmentation_registry()); }},
      {"gradients", [] { return plugins(gradient_source_registry()); }},
      {"predictions", [] { return plugins(prediction_registry()); }},
      {"laws", [] { return plugins(law_registry()); }},
      {"presets", preset_entries},
      {"metrics", [] { return plugins(metric_registry()); }},
      {"assumptions", [] { return plugins(assumption_registry()); }},
      {"config", config_entries, listed_path},
  };
  return kinds;
}

std::string describe(const DescribeOptions& options) {
  check_options(options);
  if (options.markdown) return markdown(options);
  if (!options.kind) return options.json ? file_text(all_json()) : all_text();
  const DescribeKind& kind =
      pick(describe_kinds(), *options.kind, "describe", [](const DescribeKind& k) { return k.name; });
  const auto show = [&](const Json& entry) { return options.json ? file_text(entry) : page_text(entry); };
  if (chooses(options)) return show(chosen_estimator(options));
  const std::vector<Json> entries = kind.entries();
  if (!options.name) return options.json ? file_text(Json(entries)) : list_text(kind.name, entries);
  return show(pick(entries, kind.listed_name(*options.name), "describe " + kind.name,
                   [](const Json& e) { return e["name"].get<std::string>(); }));
}

}  // namespace steq
