// SPDX-License-Identifier: MIT
#include "experiments/studies/chain_inputs.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "experiments/config/stage_files.hpp"
#include "experiments/training/initial_grid.hpp"
#include "experiments/training/learner_setups.hpp"

namespace steq {
namespace {

/// What a stage trains.
struct NamedNetwork {
  ExperimentInputs inputs;  ///< without data
  std::vector<LearnerSetup> setups;
};

/// The config with drawn weights; nothing where it takes more of earlier stages than its start.
std::optional<ExperimentConfig> with_drawn_weights(const ExperimentConfig& config) {
  Json document = resolved(config);
  for (const StageFile& file : stage_files(document)) {
    if (!file.place.ends_with("init.file")) return std::nullopt;
    document[file.at.parent_pointer()] = "he-uniform";
  }
  return read_config(document, config.file);
}

/// Throws InputError where the run could not begin.
NamedNetwork network_of(const ExperimentConfig& config) {
  NamedNetwork network{load_inputs(config), {}};
  network.setups = learner_setups<double>(config, network.inputs);
  network.inputs.data = {};
  return network;
}

/// What the earlier network has in place of a tensor; empty where it has the same.
std::string unlike(const std::vector<TensorInfo>& earlier, const TensorInfo& wanted) {
  const auto found = std::ranges::find(earlier, wanted.name, &TensorInfo::name);
  if (found == earlier.end()) return "no " + wanted.name;
  if (found->dims == wanted.dims) return "";
  return fmt::format("{} of shape [{}]", wanted.name, fmt::join(found->dims, ", "));
}

/// Where an earlier stage's file is taken.
struct Taken {
  const StageFile& file;
  const ExperimentConfig& config;
  const NamedNetwork& earlier;
  const NamedNetwork& later;
};

void check_tensors(const Taken& taken, std::vector<Problem>& problems) {
  for (const TensorInfo& tensor : taken.later.inputs.tensors)
    if (const std::string other = unlike(taken.earlier.inputs.tensors, tensor); !other.empty())
      problems.push_back({taken.config.place(taken.file.place),
                          fmt::format("{} is not allowed: its network has {}; allowed: one with {} of shape [{}]",
                                      shown(Json(taken.file.text)), other, tensor.name, fmt::join(tensor.dims, ", "))});
}

/// Of learners that begin with it.
void check_grids(const Taken& taken, std::vector<Problem>& problems) {
  const auto source = std::ranges::find(taken.earlier.setups, taken.file.learner, &LearnerSetup::name);
  if (source == taken.earlier.setups.end()) return;
  for (std::size_t i = 0; i < taken.config.learners.size(); ++i) {
    if (taken.config.learners[i].init.file != taken.file.text) continue;
    LearnerSetup setup = taken.later.setups[i];
    setup.grid_numbers = grid_numbers_to_come(*source, taken.earlier.inputs);
    collect(problems, [&] {
      require_grid_numbers(setup, taken.config.place(fmt::format("learners[{}]", i)), taken.later.inputs);
    });
  }
}

void check_chain(const StudyCase& c, std::vector<Problem>& problems) {
  std::map<std::string, NamedNetwork> networks;  // by stage, of those that can begin
  for (const StudyStage& stage : c.variant->stages) {
    const ExperimentConfig config = stage_config(*c.study, *c.variant, stage, c.seed);
    const std::optional<ExperimentConfig> drawn = with_drawn_weights(config);
    if (!drawn) continue;
    collect(problems, [&] { networks[stage.name] = network_of(*drawn); });
    if (!networks.contains(stage.name)) continue;
    for (const StageFile& file : stage_files(resolved(config)))
      if (const auto earlier = networks.find(file.stage); earlier != networks.end()) {
        check_tensors({file, config, earlier->second, networks[stage.name]}, problems);
        check_grids({file, config, earlier->second, networks[stage.name]}, problems);
      }
  }
}

}  // namespace

void require_chain_inputs(const std::vector<StudyCase>& cases) {
  std::set<const StudyVariant*> seen;
  std::vector<Problem> problems;
  for (const StudyCase& c : cases)
    if (c.variant->is_chain() && seen.insert(c.variant).second) check_chain(c, problems);
  throw_if_any(problems);
}

}  // namespace steq
