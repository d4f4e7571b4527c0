// SPDX-License-Identifier: MIT
#include "experiments/studies/study_stages.hpp"

#include <algorithm>

#include "experiments/config/document_head.hpp"
#include "experiments/config/stage_files.hpp"
#include "experiments/studies/study_set.hpp"

namespace steq {
namespace {

using Names = std::vector<std::string>;

bool contains(const Names& names, const std::string& name) { return std::ranges::find(names, name) != names.end(); }

/// Runs lie beside each other, and NAME.partial is where the run NAME is while it is under way.
void check_name(const ConfigNode& stage, const std::string& name, const Names& earlier) {
  const ConfigNode node = stage.at("name");
  if (!node.json.is_string()) return;
  if (contains(earlier, name))
    node.report(fmt::format("{} is the name of an earlier stage; allowed: a name of its own", shown(node.json)));
  if (name.find(".partial") != std::string::npos)
    node.report(
        fmt::format("{} is not allowed; allowed: a name without \".partial\", as directories of runs under way "
                    "are named",
                    shown(node.json)));
}

/// Names of the learners; none where the config cannot be read.
Names learners_of(const StudyStage& stage) {
  Names names;
  std::vector<Problem> told_elsewhere;
  collect(told_elsewhere, [&] {
    for (const LearnerConfig& learner : read_stage_config(stage.document, "").learners) names.push_back(learner.name);
  });
  return names;
}

std::string earlier_stages(const Names& earlier, const std::string& wanted) {
  if (earlier.empty()) return "the path of a file: no stage comes before this one";
  return fmt::format("stage:NAME/LEARNER with the name of an earlier stage: {}{}", join(earlier),
                     suggestion(wanted, earlier));
}

/// What the file may name in place of what it names; empty where that is there.
std::string allowed_in(const StudyVariant& variant, std::size_t index, const StageFile& file) {
  Names earlier;
  for (std::size_t i = 0; i < index; ++i) earlier.push_back(variant.stages[i].name);
  if (!contains(earlier, file.stage)) return earlier_stages(earlier, file.stage);
  const auto source = std::ranges::find(variant.stages, file.stage, &StudyStage::name);
  const Names learners = learners_of(*source);
  if (learners.empty() || contains(learners, file.learner)) return "";
  return fmt::format("stage:{}/LEARNER with the name of one of its learners: {}{}", file.stage, join(learners),
                     suggestion(file.learner, learners));
}

}  // namespace

std::vector<ListedStage> read_stages(const ConfigNode& variant) {
  std::vector<ListedStage> listed;
  if (!variant.has("stages")) return listed;
  const ConfigNode node = variant.at("stages");
  if (!node.json.is_array() || node.json.empty())
    return node.refuse("an array of at least one stage, {\"name\", \"set\"}"), listed;
  Names names;
  for (std::size_t i = 0; i < node.json.size(); ++i) {
    const ConfigNode stage = node.at(i);
    if (!stage.json.is_object()) {
      stage.refuse("an object, {\"name\", \"set\"}");
      continue;
    }
    Values values = read_object(stage, {text_key("name", std::nullopt)}, {"set"});
    const std::string name = read_name(stage, values);
    check_name(stage, name, names);
    names.push_back(name);
    listed.push_back({name, stage});
  }
  return listed;
}

std::vector<StudyStage> stages_of(const std::vector<ListedStage>& listed, const Json& document) {
  if (listed.empty()) return {{"", document}};
  std::vector<StudyStage> stages;
  for (const ListedStage& stage : listed) {
    stages.push_back({stage.name, document});
    apply_set(stage.node, stages.back().document);
  }
  return stages;
}

std::vector<Problem> stage_file_problems(const StudyVariant& variant, std::size_t stage) {
  std::vector<Problem> problems;
  for (const StageFile& file : stage_files(variant.stages[stage].document))
    if (const std::string allowed = allowed_in(variant, stage, file); !allowed.empty())
      problems.push_back({file.place, fmt::format("{} is not allowed; allowed: {}", shown(Json(file.text)), allowed)});
  return problems;
}

}  // namespace steq
