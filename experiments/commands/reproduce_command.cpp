// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "experiments/commands/commands.hpp"
#include "experiments/commands/interruption.hpp"
#include "experiments/config/presets.hpp"
#include "experiments/studies/claims.hpp"
#include "experiments/studies/study_run.hpp"
#include "experiments/terminal/talk.hpp"
#include "plots/studies/paired_comparisons.hpp"
#include "plots/studies/study_noise_floor.hpp"
#include "plots/studies/study_tables.hpp"
#include "plots/tables/wrapped.hpp"
#include "records/files.hpp"
#include "records/json_text.hpp"
#include "sim/core/parallel.hpp"

namespace steq {
namespace {

struct ReproduceArguments {
  std::string experiment;
  StudyForm form;
  std::string out = "reproduce";
  int threads = available_threads();
  bool force = false, quiet = false;
};

std::string kind_of(const Json& document) {
  const Json kind = document.is_object() ? document.value("kind", Json()) : Json();
  return kind.is_string() ? kind.get<std::string>() : "";
}

std::vector<std::string> study_presets() {
  std::vector<std::string> names;
  for (const Preset& preset : presets())
    if (kind_of(parse_json(preset.text, preset.name)) == "study") names.push_back(preset.name);
  return names;
}

/// What `all` and `claims` stand for, or the one that is named.
std::vector<std::string> names_of(const std::string& experiment) {
  if (experiment != "all" && experiment != "claims") return {experiment};
  std::vector<std::string> names = study_presets();
  std::erase_if(names,
                [&](const std::string& name) { return has_claims(load_document(name)) != (experiment == "claims"); });
  return names;
}

std::vector<StudyConfig> studies(const ReproduceArguments& arguments) {
  std::vector<StudyConfig> all;
  std::vector<Problem> problems;
  const auto names = names_of(arguments.experiment);
  for (const std::string& name : names)
    collect(problems, [&] {
      const Json document = load_document(name);
      const std::string place = document_place(name);
      if (kind_of(document) != "study")
        throw InputError(place, fmt::format("is no study; allowed: all, claims, {}, or a file of \"kind\": \"study\"{}",
                                            join(study_presets()), suggestion(name, study_presets())));
      all.push_back(read_study(document, place, arguments.form));
    });
  throw_if_any(problems);
  return all;
}

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

/// What cannot work in any of them is told before the first starts, which may take hours.
void check_all(const std::vector<StudyConfig>& all, const ReproduceArguments& arguments) {
  std::vector<Problem> problems;
  for (const StudyConfig& study : all) collect(problems, [&] { check_study(study, options_for(study, arguments)); });
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

int run(const ReproduceArguments& arguments) {
  const std::vector<StudyConfig> all = studies(arguments);
  check_all(all, arguments);
  const std::atomic<bool>& stop = heed_signals();
  bool holds = true;
  Json claims = Json::array();
  for (const StudyConfig& study : all) {
    const StudyOptions options = options_for(study, arguments);
    const StudyOutcome outcome = run_study(study, options, stop);
    print(outcome, options.directory.string());
    holds = holds && outcome.holds;
    if (!outcome.interrupted) {
      for (Json& claim : claims_of(outcome.study)) claims.push_back(std::move(claim));
      continue;
    }
    remark("interrupted; the same command goes on from " + options.directory.string());
    return kInterrupted;
  }
  if (arguments.experiment == "claims") save_claims(claims, arguments);
  return holds ? kDone : kCheckFailed;
}

}  // namespace

void add_reproduce_command(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("reproduce", "Run the paper's experiments with seeds and controls, and report");
  auto arguments = std::make_shared<ReproduceArguments>();
  command
      ->add_option("experiment", arguments->experiment,
                   fmt::format("all, claims, {}, or a file of kind study", fmt::join(study_presets(), ", ")))
      ->required();
  command->add_flag("--quick", arguments->form.quick, "Small networks and drawn data: minutes, and no files");
  command
      ->add_option("--data", arguments->form.data,
                   "Directory of data files, or of a folder for each dataset [the config's own data.path, else data]")
      ->type_name("DIR")
      ->check(not_empty);
  command->add_option("--out", arguments->out, "Directory of the studies; finished runs in it are kept [reproduce]")
      ->type_name("DIR")
      ->check(not_empty);
  command->add_option("--seeds", arguments->form.seeds, "Seeds 1 to N in place of the study's own")
      ->type_name("N")
      ->check(allowed_by({.name = "--seeds", .kind = Kind::integer, .min = 1, .max = 1000}));
  command->add_option("--set", arguments->form.overrides, "Change a value in every run, as data.train_limit=12000")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  add_threads_option(*command, arguments->threads);
  command->add_flag("--force", arguments->force, "Run again what is there already");
  command->add_flag("--quiet", arguments->quiet, "No progress");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace steq
