// SPDX-License-Identifier: MIT
// All cases at once, or those that are there: what is made of them, and told.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "experiments/commands/commands.hpp"
#include "experiments/commands/interruption.hpp"
#include "experiments/commands/reproduce.hpp"
#include "experiments/studies/claims.hpp"
#include "experiments/studies/missing_cases.hpp"
#include "experiments/studies/mixed_cases.hpp"
#include "experiments/studies/study_plan.hpp"
#include "experiments/studies/study_run.hpp"
#include "experiments/terminal/talk.hpp"
#include "plots/studies/paired_comparisons.hpp"
#include "plots/studies/study_noise_floor.hpp"
#include "plots/studies/study_tables.hpp"
#include "plots/tables/wrapped.hpp"
#include "records/files.hpp"

namespace steq {
namespace {

void print(const Table& table) {
  if (!table.rows.empty()) fmt::print("{}\n", to_text(table));
}

/// What the terminal shows of a study; everything else is in its directory.
void print(const StudyOutcome& outcome, const std::string& directory) {
  const Json& study = outcome.study;
  if (!study["runs"].empty()) {
    fmt::print("{}: {}\n\n", study["name"].get<std::string>(), study["description"].get<std::string>());
    print(study_noise_floor(study));
    print(paired_table(study));
    for (const std::string& sentence : paired_sentences(study)) fmt::print("{}", wrapped("", sentence, 0));
    fmt::print("\n");
    print(expectation_table(study));
    fmt::print("Study directory: {}\n\n", directory);
  }
  if (!outcome.remark.empty()) remark(outcome.remark);
}

/// What cannot work in any of them is told before the first starts, which may take hours.
void check_all(const std::vector<std::vector<StudyCase>>& all, const ReproduceArguments& arguments) {
  std::vector<Problem> problems;
  const auto check = [&](const std::vector<StudyCase>& cases) {
    const StudyOptions options = options_for(*cases.front().study, arguments);
    if (arguments.merge) return require_one_origin(cases, options);
    trainable_cases(cases, options);
  };
  for (const std::vector<StudyCase>& cases : all) collect(problems, [&] { check(cases); });
  std::vector<Problem> different;
  for (const Problem& problem : problems)
    if (std::ranges::none_of(different,
                             [&](const Problem& d) { return d.place + d.text == problem.place + problem.text; }))
      different.push_back(problem);
  throw_if_any(different);
}

/// claims/claims.json, and the same as a table. Small networks on drawn data say nothing of a claim.
void save_claims(const Json& claims, const ReproduceArguments& arguments) {
  const auto directory = std::filesystem::path(arguments.out) / "claims";
  std::filesystem::create_directories(directory);
  write_file_atomically((directory / "claims.json").string(), file_text(claims));
  print(claims_table(claims));
  fmt::print("Claims: {}\n", (directory / "claims.json").string());
  if (arguments.form.quick) remark("--quick tests the machinery: what it measures says nothing of the claims");
}

/// Which cases the tables do not show, and how to make them.
void tell_missing(const std::vector<MissingCase>& missing, std::size_t cases) {
  if (missing.empty()) return;
  std::vector<std::size_t> indices;
  for (const MissingCase& c : missing) {
    remark(fmt::format("case {}, {}, {}", c.index, c.name, c.why));
    indices.push_back(c.index);
  }
  remark(fmt::format("{} of {} cases are not in the tables: {}; --case I makes one", missing.size(), cases,
                     index_ranges(indices)));
}

/// What came of the studies so far.
struct Reproduced {
  bool holds = true, complete = true, interrupted = false;
  Json claims = Json::array();

  void add(const StudyOutcome& outcome) {
    holds = holds && outcome.holds;
    complete = complete && outcome.missing.empty();
    interrupted = outcome.interrupted;
    if (outcome.missing.empty())
      for (Json& claim : claims_of(outcome.study)) claims.push_back(std::move(claim));
  }
};

/// Of the cases of one study, trained before or now.
StudyOutcome outcome_of(const std::vector<StudyCase>& cases, const ReproduceArguments& arguments,
                        const std::atomic<bool>& stop) {
  const StudyConfig& study = *cases.front().study;
  const StudyOptions options = options_for(study, arguments);
  const StudyOutcome outcome = arguments.merge ? merge_cases(cases, options) : run_cases(cases, options, stop);
  print(outcome, options.directory.string());
  if (arguments.merge) tell_missing(outcome.missing, cases.size());
  if (outcome.interrupted) remark("interrupted; the same command goes on from " + options.directory.string());
  return outcome;
}

std::vector<std::vector<StudyCase>> by_study(const std::vector<StudyConfig>& studies) {
  std::vector<std::vector<StudyCase>> all;
  std::size_t before = 0;
  for (const StudyConfig& study : studies) {
    all.push_back(cases_in(study, before));
    before += all.back().size();
  }
  return all;
}

}  // namespace

StudyOptions options_for(const StudyConfig& study, const ReproduceArguments& arguments) {
  StudyOptions options{.directory = std::filesystem::path(arguments.out) / (study.name + (study.quick ? "-quick" : "")),
                       .threads = arguments.threads,
                       .force = arguments.force,
                       .quiet = arguments.quiet,
                       .say = [seen = std::make_shared<std::set<std::string>>()](const std::string& text) {
                         if (seen->insert(text).second) remark(text);
                       }};
  if (!arguments.quiet)
    options.on_run = [name = study.name](const std::string& text) { talk(fmt::format("{}, {}\n", name, text)); };
  return options;
}

int run_or_merge(const std::vector<StudyConfig>& studies, const ReproduceArguments& arguments) {
  const std::vector<std::vector<StudyCase>> all = by_study(studies);
  check_all(all, arguments);
  const std::atomic<bool>& stop = heed_signals();
  Reproduced reproduced;
  for (const std::vector<StudyCase>& cases : all) {
    reproduced.add(outcome_of(cases, arguments, stop));
    if (reproduced.interrupted) return kInterrupted;
  }
  if (arguments.experiment == "claims" && reproduced.complete) save_claims(reproduced.claims, arguments);
  return reproduced.holds && reproduced.complete ? kDone : kCheckFailed;
}

}  // namespace steq
