// SPDX-License-Identifier: MIT
#include "experiments/commands/report_facts.hpp"

#include "experiments/commands/check.hpp"
#include "experiments/config/config.hpp"
#include "records/run_files.hpp"
#include "records/stored_json.hpp"
#include "sim/data/dataset.hpp"
#include "sim/estimators/estimator.hpp"
#include "sim/models/model.hpp"
#include "sim/nn/loss.hpp"
#include "sim/nn/surrogate.hpp"
#include "sim/optimizers/optimizer.hpp"
#include "sim/optimizers/schedule.hpp"
#include "sim/storages/storage.hpp"

namespace steq {
namespace {

template <class Registry>
void cite(std::vector<std::string>& citations, const Registry& registry, const std::string& name) {
  if (const auto* entry = registry.find(name); entry && !entry->info.citation.empty())
    citations.push_back(entry->info.citation);
}

std::vector<std::string> citations_of(const ExperimentConfig& config) {
  std::vector<std::string> citations;
  for (const LearnerConfig& learner : config.learners) {
    cite(citations, estimator_registry(), learner.estimator.name);
    cite(citations, quantizer_registry(), learner.quantizer.name);
    cite(citations, storage_registry(), learner.storage.name);
    cite(citations, loss_registry(), learner.loss.rule.name);
    if (learner.activations) {
      cite(citations, quantizer_registry(), learner.activations->quantizer.name);
      cite(citations, surrogate_registry(), learner.activations->surrogate.name);
    }
    cite(citations, optimizer_registry(), learner.optimizer.rule.name);
    cite(citations, schedule_registry(), learner.optimizer.schedule.name);
  }
  cite(citations, dataset_registry(), config.data.dataset.name);
  if (const auto* model = std::get_if<Spec>(&config.model)) cite(citations, model_registry(), model->name);
  return citations;
}

}  // namespace

ReportFacts report_facts(const std::string& directory) {
  const std::string path = (std::filesystem::path(directory) / "config.json").string();
  ReportFacts facts;
  const Json config = read_json_if_there(path);
  if (!is_training_config(config)) return facts;
  try {
    facts.citations = citations_of(read_config(config, path));
    facts.check = Json::parse(check({.run = directory, .json = true}).output);
  } catch (const InputError&) {
    // part of a run, or one of another version: the report says less of it
  }
  return facts;
}

}  // namespace steq
