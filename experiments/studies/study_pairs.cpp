// SPDX-License-Identifier: MIT
#include "experiments/studies/study_pairs.hpp"

#include <fmt/format.h>

namespace steq {
namespace {

/// "A / B" of the comparisons of a stage.
std::vector<std::string> comparisons_of(const StudyConfig& study, const StudyStage& stage) {
  std::vector<std::string> pairs;
  for (const auto& [a, b] : read_stage_config(stage.document, study.file).compare)
    pairs.push_back(fmt::format("{} / {}", a, b));
  return pairs;
}

/// "A / B" and "A / other seed" of the last stage.
std::vector<std::string> last_comparisons_of(const StudyConfig& study, const StudyVariant& variant) {
  std::vector<std::string> pairs = comparisons_of(study, variant.stages.back());
  if (!pairs.empty() && study.seeds.size() > 1)
    pairs.push_back(pairs.front().substr(0, pairs.front().find(" / ")) + " / other seed");
  return pairs;
}

std::vector<std::string> standard_pairs(const StudyConfig& study) {
  std::vector<std::string> pairs;
  for (const StudyVariant& variant : study.variants)
    for (const std::string& pair : last_comparisons_of(study, variant)) pairs.push_back(variant.name + ": " + pair);
  return pairs;
}

/// Those, and those of stages before the last.
std::vector<std::string> all_pairs(const StudyConfig& study) {
  std::vector<std::string> pairs = standard_pairs(study);
  for (const StudyVariant& variant : study.variants)
    for (const StudyStage& stage : variant.stages)
      if (!variant.is_last(stage))
        for (const std::string& pair : comparisons_of(study, stage))
          pairs.push_back(variant.name_of(stage) + ": " + pair);
  return pairs;
}

std::map<std::string, std::string> other_names_in(const StudyConfig& study) {
  std::map<std::string, std::string> names;
  for (const StudyVariant& variant : study.variants)
    if (variant.is_chain())
      for (const std::string& pair : last_comparisons_of(study, variant))
        names[variant.name_of(variant.stages.back()) + ": " + pair] = variant.name + ": " + pair;
  return names;
}

}  // namespace

StudyPairs pairs_of(const StudyConfig& study, const StudyConfig& full) {
  return {standard_pairs(study), all_pairs(study), all_pairs(full), other_names_in(full)};
}

}  // namespace steq
