// SPDX-License-Identifier: MIT
#include "experiments/studies/study_data.hpp"

#include <algorithm>
#include <filesystem>

#include "experiments/config/config_reader.hpp"
#include "sim/data/dataset.hpp"

namespace steq {
namespace {

bool needs_files(const std::string& dataset) {
  const auto* entry = dataset_registry().find(dataset);
  return entry &&
         std::ranges::find(entry->info.parameters, "path", &ParameterInfo::name) != entry->info.parameters.end();
}

/// What a config says of its data, in whatever form.
Json data_of(const Json& document) {
  std::vector<Problem> unused;
  return expanded(ConfigNode{document, "", &unused}.at("data"), "dataset").json;
}

/// Empty where it names none.
std::string dataset_of(const Json& data) {
  const Json name = data.is_object() ? data.value("dataset", Json()) : Json();
  return name.is_string() ? name.get<std::string>() : "";
}

}  // namespace

void locate_data(Json& document, const std::optional<std::string>& directory) {
  const Json data = data_of(document);
  const std::string dataset = dataset_of(data);
  if (!needs_files(dataset) || (!directory && data.contains("path"))) return;
  const std::filesystem::path all = directory.value_or("data"), own = all / dataset;
  std::error_code error;
  apply_change(document, "data.path", std::filesystem::is_directory(own, error) ? own.string() : all.string(),
               "--data");
}

void require_data(const std::vector<StudyCase>& cases) {
  std::vector<std::string> seen;
  std::vector<Problem> problems;
  for (const StudyCase& c : cases)
    for (const StudyStage& stage : c.variant->stages) {
      const ExperimentConfig config = stage_config(*c.study, *c.variant, stage, c.seed);
      const std::string dataset = to_text(config.data.dataset);
      if (!needs_files(config.data.dataset.name) || std::ranges::find(seen, dataset) != seen.end()) continue;
      seen.push_back(dataset);
      collect(problems, [&] { dataset_registry().make(config.data.dataset, "data", config.seed); });
    }
  for (Problem& problem : problems) problem.text += " (--data DIR says where the files are; --quick needs none)";
  throw_if_any(problems);
}

}  // namespace steq
