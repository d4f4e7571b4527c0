// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <memory>

#include "experiments/closed_forms/laws.hpp"
#include "experiments/closed_forms/orders.hpp"
#include "experiments/closed_forms/predictions.hpp"
#include "experiments/commands/commands.hpp"
#include "experiments/commands/interruption.hpp"
#include "experiments/commands/report.hpp"
#include "experiments/commands/report_facts.hpp"
#include "experiments/commands/run_source.hpp"
#include "experiments/entry/run_entry.hpp"
#include "experiments/terminal/talk.hpp"
#include "experiments/training/run.hpp"
#include "plots/tables/case_tables.hpp"
#include "plots/tables/comparison_table.hpp"
#include "plots/tables/failed_assumptions.hpp"
#include "plots/tables/wrapped.hpp"
#include "sim/core/parallel.hpp"

namespace steq {
namespace {

struct RunArguments {
  std::string config;
  std::vector<std::string> overrides;
  std::optional<std::int64_t> seed;
  RunOptions options{.directory = "", .threads = available_threads(), .say = remark};
  bool report = false;
};

/// What a config can describe, told by its "kind".
struct ExperimentKind {
  std::string name;
  std::function<RunOutcome(const RunSource& source, const RunArguments&)> run;
  std::function<std::string(const Json& summary)> table;
};

/// Reads the config by `read`, then runs it by `run`; signals are heeded from then on.
template <class Read, class Run>
auto runner(Read* read, Run* run) {
  return [read, run](const RunSource& source, const RunArguments& arguments) {
    const auto config = read_overridden(source.document, source.name, arguments.overrides, read);
    return run(config, arguments.options, heed_signals());
  };
}

const std::vector<ExperimentKind>& kinds() {
  static const std::vector<ExperimentKind> all{
      {"training", runner(read_config, run_experiment), comparison_table},
      {"predictions", runner(read_predictions, run_predictions), prediction_table},
      {"laws", runner(read_laws, run_laws), law_table},
      {"orders", runner(read_orders, run_orders), order_table},
  };
  return all;
}

const ExperimentKind& kind_of(const RunSource& source, const std::string& given_as) {
  const Json& document = source.document;
  const Json named = document.is_object() && document.contains("kind") ? document["kind"] : Json(kinds()[0].name);
  if (named == "study") throw InputError(source.name, "is a study; allowed: steq reproduce " + given_as);
  std::vector<std::string> names;
  for (const ExperimentKind& kind : kinds()) {
    if (named == kind.name) return kind;
    names.push_back(kind.name);
  }
  const std::string given = named.is_string() ? named.get<std::string>() : "";
  throw InputError(source.name + ": kind", fmt::format("{} is not allowed; allowed: {}{}", shown(named), join(names),
                                                       suggestion(given, names)));
}

void make_page(const RunOutcome& outcome) {
  const ReportResult page = write_report({.runs = {outcome.directory}});
  fmt::print("Report: {}\n", page.file);
  for (const std::string& text : page.remarks) remark(text);
}

/// How to go on; experiments of kinds that are short begin again.
std::string interruption_text(const RunOutcome& outcome, const ExperimentKind& kind) {
  const bool training = kind.name == kinds()[0].name;
  return fmt::format("interrupted; {}; what was recorded is in {}",
                     training ? resume_command(outcome.directory) + " goes on" : "--force begins again",
                     outcome.directory);
}

/// Which pairs theory promises nothing about, as `steq check RUN` finds it.
void print_cautions(const RunOutcome& outcome) {
  const std::vector<std::string> sentences = failed_assumptions(report_facts(outcome.directory).check);
  for (const std::string& sentence : sentences)
    fmt::print("{}", wrapped("", fmt::format("Caution: {} (steq check {}).", sentence, outcome.directory), 0));
  if (!sentences.empty()) fmt::print("\n");
}

int report(const RunOutcome& outcome, const ExperimentKind& kind, bool with_page) {
  fmt::print("{}", kind.table(outcome.summary));
  if (kind.name == kinds()[0].name) print_cautions(outcome);
  fmt::print("Run directory: {}\n", outcome.directory);
  if (with_page) make_page(outcome);
  if (outcome.there_already) remark("all was done before; nothing was changed in " + outcome.directory);
  if (outcome.status == RunStatus::complete) return outcome.holds ? kDone : kCheckFailed;
  const bool interrupted = outcome.status == RunStatus::interrupted;
  remark(interrupted ? interruption_text(outcome, kind)
                     : fmt::format("{}; what was recorded is in {}", outcome.breakdown, outcome.directory));
  return interrupted ? kInterrupted : kBreakdown;
}

int run(RunArguments& arguments) {
  if (arguments.seed) arguments.overrides.push_back(fmt::format("seed={}", *arguments.seed));
  const RunSource source = run_source(arguments.config, arguments.options.wish);
  if (!source.directory.empty() && !arguments.options.directory.empty())
    throw InputError("--out",
                     fmt::format("not with the directory of a run, {}, which is where it goes on", source.directory));
  if (!source.directory.empty()) arguments.options.directory = source.directory;
  const ExperimentKind& kind = kind_of(source, arguments.config);
  if (arguments.report && kind.name != kinds()[0].name)
    throw InputError(
        "--report", fmt::format("reports are of training runs, and {} is of kind \"{}\"", arguments.config, kind.name));
  return report(kind.run(source, arguments), kind, arguments.report);
}

/// The flags that say what to do with what is there; at most one of them.
void add_wishes(CLI::App& command, Wish& wish) {
  const auto add = [&](const char* name, Wish of, const char* meaning) {
    return command.add_flag_callback(
        name, [&wish, of] { wish = of; }, meaning);
  };
  CLI::Option* force = add("--force", Wish::replace, "Replace an earlier run in the run directory");
  CLI::Option* resume = add("--resume", Wish::resume,
                            "Go on with a run that was interrupted or cut off, to the same bits; its directory can "
                            "stand in place of the config");
  CLI::Option* either = add("--resume-or-start", Wish::either,
                            "Begin the run, or go on with it, or say that all is done: one command for a job that is "
                            "started again and again");
  force->excludes(resume)->excludes(either);
  resume->excludes(either);
}

}  // namespace

void add_run_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("run", "Train a cohort in lockstep and compare its learners");
  auto arguments = std::make_shared<RunArguments>();
  command
      ->add_option("config", arguments->config,
                   "Config file, - for standard input, or a preset (see: steq describe presets); to go on, also the "
                   "directory of a run")
      ->required();
  command->add_option("--out", arguments->options.directory, "Run directory [runs/NAME]")
      ->type_name("DIR")
      ->check(not_empty);
  command->add_option("--set", arguments->overrides, "Change a value of the config, as optimizer.learning_rate=0.01")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  command->add_option("--seed", arguments->seed, "Seed of weights, batch order and drawn data")
      ->check(allowed_by({.name = "--seed", .kind = Kind::integer}));
  add_threads_option(*command, arguments->options.threads);
  command->add_flag("--report", arguments->report, "Also write RUN/report.html, with all figures");
  add_wishes(*command, arguments->options.wish);
  command->add_option("--checkpoint-steps", arguments->options.checkpoints.steps, "Save the state every so many steps")
      ->check(allowed_by({.name = "--checkpoint-steps", .kind = Kind::integer, .min = 0, .max = 4e9}));
  command
      ->add_option("--checkpoint-minutes", arguments->options.checkpoints.minutes,
                   "Save the state every so many minutes [10]; 0: never")
      ->check(allowed_by({.name = "--checkpoint-minutes", .min = 0}));
  command->add_flag("--quiet", arguments->options.quiet, "No progress");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace steq
