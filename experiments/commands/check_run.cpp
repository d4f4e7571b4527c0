// SPDX-License-Identifier: MIT
#include "experiments/commands/check_run.hpp"

#include <algorithm>
#include <filesystem>

#include "experiments/config/config.hpp"
#include "experiments/config/json_text.hpp"
#include "experiments/files/files.hpp"
#include "experiments/files/safetensors.hpp"
#include "theory/assumptions/saturation.hpp"

namespace steq {
namespace {

/// What is read of a run directory.
struct Run {
  std::string directory;
  ExperimentConfig config;
  Json summary;

  std::string place(const std::string& file) const { return (std::filesystem::path(directory) / file).string(); }
  const LearnerConfig& learner(const std::string& name) const {
    const auto found = std::ranges::find(config.learners, name, &LearnerConfig::name);
    if (found == config.learners.end())
      throw InputError(place("summary.json"),
                       fmt::format("names a learner \"{}\" that config.json does not have", name));
    return *found;
  }
};

Json read_json(const std::string& directory, const char* name) {
  const std::string path = (std::filesystem::path(directory) / name).string();
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error))
    throw InputError(directory, fmt::format("has no {}; allowed: a directory that steq run has written", name));
  return parse_json(read_file(path), path);
}

Run read_run(const std::string& directory) {
  const Json document = read_json(directory, "config.json");
  Run run{directory, read_config(document, (std::filesystem::path(directory) / "config.json").string()),
          read_json(directory, "summary.json")};
  if (!run.summary.is_object() || !run.summary.contains("learners") || !run.summary.contains("comparisons"))
    throw InputError(run.place("summary.json"), "has no learners and comparisons; allowed: what steq run has written");
  return run;
}

/// A number of summary.json, where infinities are words.
std::optional<double> number(const Json& object, const char* key) {
  if (!object.contains(key) || object[key].is_null()) return std::nullopt;
  if (object[key].is_number()) return object[key].get<double>();
  return std::numeric_limits<double>::infinity();
}

const Json& learner_facts(const Run& run, const std::string& name) {
  const Json& learners = run.summary["learners"];
  if (!learners.contains(name) || !learners[name].contains("tensors") || !learners[name].contains("learning_rate"))
    throw InputError(
        run.place("summary.json"),
        fmt::format("learners.{} has no \"learning_rate\" and \"tensors\", which the checks need; allowed: "
                    "a run of this version of steq",
                    name));
  return learners[name];
}

/// Of the layer that holds the tensor.
std::size_t fan_in(const Run& run, const TensorFile& weights, const std::string& tensor) {
  for (const StoredTensor& stored : weights.tensors)
    if (stored.name == tensor && !stored.shape.empty() && stored.shape[0] > 0) return stored.size() / stored.shape[0];
  throw InputError(run.place("weights"), fmt::format("no initial weights of tensor \"{}\"", tensor));
}

/// The learner to look at, and its counterpart where there is one.
struct Subject {
  std::string learner;
  std::optional<std::string> partner;
  std::vector<std::string> pair;
  std::optional<double> mask_mismatch_share;
};

bool straight_through(const Run& run, const std::string& learner) {
  return run.learner(learner).estimator.name == "ste";
}

std::vector<Subject> subjects_of(const Run& run) {
  std::vector<Subject> subjects;
  bool declared = false;
  for (const Json& c : run.summary["comparisons"]) {
    if (c.value("kind", "") != "equivalent") continue;
    declared = true;
    const std::string a = c.at("a"), b = c.at("b");
    const auto mismatch = c.contains("metrics") ? number(c["metrics"], "mask_mismatch_share") : std::nullopt;
    const bool both = straight_through(run, a) && straight_through(run, b);
    if (both || !straight_through(run, a)) subjects.push_back({a, b, {a, b}, mismatch});
    if (!straight_through(run, b)) subjects.push_back({b, a, {a, b}, mismatch});
  }
  if (!declared)
    for (const LearnerConfig& learner : run.config.learners)
      if (!straight_through(run, learner.name)) subjects.push_back({learner.name, {}, {}, {}});
  return subjects;
}

Measurements measurements(const Json& facts, const Subject& subject) {
  return {.largest_gradient = number(facts, "largest_gradient"),
          .largest_step = number(facts, "largest_step"),
          .dead_share = number(facts, "dead_share"),
          .mask_mismatch_share = subject.mask_mismatch_share,
          .small_moment_share = number(facts, "small_moment_share")};
}

std::unique_ptr<Estimator> estimator_on(const Run& run, const std::string& learner, const Grid& grid) {
  return estimator_registry().make(run.learner(learner).estimator, run.place("config.json"), grid);
}

std::vector<Finding> assess_tensor(const Run& run, const Subject& subject, const Optimizer& optimizer, const Grid& grid,
                                   const std::string& tensor) {
  const Json& learner = learner_facts(run, subject.learner);
  const Json& facts = learner["tensors"][tensor];
  const auto estimator = estimator_on(run, subject.learner, grid);
  Situation situation(*estimator, optimizer);
  situation.learning_rate = number(learner, "learning_rate").value_or(0) * number(facts, "rate_factor").value_or(1);
  situation.measured = measurements(facts, subject);
  if (subject.partner)
    situation.partner_reach = straightened_reach(*estimator_on(run, *subject.partner, grid), situation.rule);
  return assess(situation);
}

bool worse(const Finding& a, const Finding& b) {
  if (badness(a) != badness(b)) return badness(a) > badness(b);
  return a.how == Evidence::measured && a.value.value_or(0) > b.value.value_or(0);
}

void keep_worst(Assessment& assessment, const std::vector<Finding>& findings, const std::string& tensor) {
  if (assessment.findings.empty()) {
    assessment.findings = findings;
    assessment.tensors.assign(findings.size(), tensor);
  }
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (worse(findings[i], assessment.findings[i])) {
      assessment.findings[i] = findings[i];
      assessment.tensors[i] = tensor;
    }
}

Assessment assess_subject(const Run& run, const Subject& subject) {
  const auto optimizer = optimizer_registry().make(run.config.optimizer, run.place("config.json"));
  const TensorFile weights = read_safetensors(run.place("weights/" + subject.learner + "-initial.safetensors"));
  Assessment assessment{subject.learner, subject.pair, run.config.optimizer.name, {}, {}};
  for (const auto& [tensor, facts] : learner_facts(run, subject.learner)["tensors"].items()) {
    const auto quantizer =
        quantizer_registry().make(run.config.quantizer, run.place("config.json"), fan_in(run, weights, tensor));
    keep_worst(assessment, assess_tensor(run, subject, *optimizer, quantizer->grid(), tensor), tensor);
  }
  return assessment;
}

}  // namespace

int badness(const Finding& finding) { return finding.holds ? (*finding.holds ? 0 : 2) : 1; }

std::vector<Assessment> assess_run(const std::string& directory) {
  const Run run = read_run(directory);
  std::vector<Assessment> assessments;
  for (const Subject& subject : subjects_of(run)) assessments.push_back(assess_subject(run, subject));
  return assessments;
}

}  // namespace steq
