// SPDX-License-Identifier: MIT
#include "experiments/studies/chain_inputs.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "experiments/config/stage_files.hpp"
#include "experiments/training/learner_setups.hpp"

namespace steq {
namespace {

using Tensors = std::vector<TensorInfo>;

/// The config with drawn weights; nothing where it takes more of earlier stages than its start.
std::optional<ExperimentConfig> with_drawn_weights(const ExperimentConfig& config) {
  Json document = resolved(config);
  for (const StageFile& file : stage_files(document)) {
    if (!file.place.ends_with("init.file")) return std::nullopt;
    document[file.at.parent_pointer()] = "he-uniform";
  }
  return read_config(document, config.file);
}

/// The network's tensors. Throws InputError where the run could not begin.
Tensors tensors_of(const ExperimentConfig& config) {
  const ExperimentInputs inputs = load_inputs(config);
  learner_setups<double>(config, inputs);
  return inputs.tensors;
}

/// What the earlier network has in place of a tensor; empty where it has the same.
std::string unlike(const Tensors& earlier, const TensorInfo& wanted) {
  const auto found = std::ranges::find(earlier, wanted.name, &TensorInfo::name);
  if (found == earlier.end()) return "no " + wanted.name;
  if (found->dims == wanted.dims) return "";
  return fmt::format("{} of shape [{}]", wanted.name, fmt::join(found->dims, ", "));
}

void check_fit(const StageFile& file, const Tensors& earlier, const Tensors& wanted, const ExperimentConfig& config,
               std::vector<Problem>& problems) {
  for (const TensorInfo& tensor : wanted)
    if (const std::string other = unlike(earlier, tensor); !other.empty())
      problems.push_back({config.place(file.place),
                          fmt::format("{} is not allowed: its network has {}; allowed: one with {} of shape [{}]",
                                      shown(Json(file.text)), other, tensor.name, fmt::join(tensor.dims, ", "))});
}

void check_chain(const StudyConfig& study, const StudyVariant& variant, std::vector<Problem>& problems) {
  std::map<std::string, Tensors> networks;  // by stage, of those that can begin
  for (const StudyStage& stage : variant.stages) {
    const ExperimentConfig config = stage_config(study, variant, stage, study.seeds.front());
    const std::optional<ExperimentConfig> drawn = with_drawn_weights(config);
    if (!drawn) continue;
    collect(problems, [&] { networks[stage.name] = tensors_of(*drawn); });
    if (!networks.contains(stage.name)) continue;
    for (const StageFile& file : stage_files(resolved(config)))
      if (const auto earlier = networks.find(file.stage); earlier != networks.end())
        check_fit(file, earlier->second, networks[stage.name], config, problems);
  }
}

}  // namespace

void require_chain_inputs(const StudyConfig& study) {
  std::vector<Problem> problems;
  for (const StudyVariant& variant : study.variants)
    if (variant.is_chain()) check_chain(study, variant, problems);
  throw_if_any(problems);
}

}  // namespace steq
