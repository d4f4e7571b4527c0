// SPDX-License-Identifier: MIT
#include "experiments/studies/study_case.hpp"

#include <fmt/format.h>

#include "experiments/config/stage_files.hpp"
#include "experiments/entry/run_differences.hpp"
#include "records/sha256.hpp"

namespace steq {
namespace {

/// Files of earlier stages have no place of their own, but names that count.
Json what_decides(const Json& config) {
  Json files = Json::array();
  for (const StageFile& file : stage_files(config)) files.push_back({file.place, file.text});
  return {{"settings", settings_without_places(config)}, {"stage_files", std::move(files)}};
}

}  // namespace

std::string StudyCase::name() const { return fmt::format("{}-seed-{}", variant->name, seed); }

std::string StudyCase::directory_of(const std::string& stage) const {
  return variant->is_chain() ? directory() + "/" + stage : directory();
}

std::vector<StudyCase> cases_in(const StudyConfig& study, std::size_t first) {
  std::vector<StudyCase> cases;
  for (const StudyVariant& variant : study.variants)
    for (const std::uint64_t seed : study.seeds) cases.push_back({first + cases.size(), &study, &variant, seed});
  return cases;
}

std::string config_hash(const StudyCase& c) {
  Json stages = Json::array();
  for (const StudyStage& stage : c.variant->stages)
    stages.push_back({stage.name, what_decides(resolved(stage_config(*c.study, *c.variant, stage, c.seed)))});
  return sha256_of(stages.dump());
}

}  // namespace steq
