// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <memory>

#include "experiments/closed_forms/orders.hpp"
#include "experiments/closed_forms/predictions.hpp"
#include "experiments/commands/commands.hpp"
#include "experiments/commands/interruption.hpp"
#include "experiments/commands/report.hpp"
#include "experiments/commands/report_facts.hpp"
#include "experiments/training/run.hpp"
#include "plots/tables/case_tables.hpp"
#include "plots/tables/comparison_table.hpp"
#include "plots/tables/failed_assumptions.hpp"
#include "plots/tables/wrapped.hpp"
#include "sim/core/parallel.hpp"

namespace steq {
namespace {

void print_warning(const std::string& text) { fmt::print(stderr, "steq: warning: {}\n", text); }

struct Arguments {
  std::string config;
  std::vector<std::string> overrides;
  std::optional<std::int64_t> seed;
  RunOptions options{.directory = "", .threads = available_threads(), .warn = print_warning};
  bool force = false, resume = false, report = false;
};

/// What a config can describe, told by its "kind".
struct ExperimentKind {
  std::string name;
  std::function<RunOutcome(const Json& document, const Arguments&, const std::vector<std::string>& overrides)> run;
  std::function<std::string(const Json& summary)> table;
};

/// Reads the config by `read`, then runs it by `run`; signals are heeded from then on.
template <class Read, class Run>
auto runner(Read* read, Run* run) {
  return [read, run](const Json& document, const Arguments& arguments, const std::vector<std::string>& overrides) {
    const auto config = read_overridden(document, document_place(arguments.config), overrides, read);
    return run(config, arguments.options, heed_signals());
  };
}

const std::vector<ExperimentKind>& kinds() {
  static const std::vector<ExperimentKind> all{
      {"training", runner(read_config, run_experiment), comparison_table},
      {"predictions", runner(read_predictions, run_predictions), prediction_table},
      {"orders", runner(read_orders, run_orders), order_table},
  };
  return all;
}

const ExperimentKind& kind_of(const Json& document, const std::string& source) {
  const std::string place = document_place(source);
  const Json named = document.is_object() && document.contains("kind") ? document["kind"] : Json(kinds()[0].name);
  if (named == "study") throw InputError(place, "is a study; allowed: steq reproduce " + source);
  std::vector<std::string> names;
  for (const ExperimentKind& kind : kinds()) {
    if (named == kind.name) return kind;
    names.push_back(kind.name);
  }
  const std::string given = named.is_string() ? named.get<std::string>() : "";
  throw InputError(place + ": kind", fmt::format("{} is not allowed; allowed: {}{}", shown(named), join(names),
                                                 suggestion(given, names)));
}

void make_page(const RunOutcome& outcome) {
  const ReportResult page = write_report({.runs = {outcome.directory}});
  fmt::print("Report: {}\n", page.file);
  for (const std::string& remark : page.remarks) fmt::print(stderr, "steq: {}\n", remark);
}

/// Which pairs theory promises nothing about, as `steq check RUN` finds it.
void print_cautions(const RunOutcome& outcome) {
  const std::vector<std::string> sentences = failed_assumptions(report_facts(outcome.directory).check);
  for (const std::string& sentence : sentences)
    fmt::print("{}", wrapped("Caution: ", fmt::format("{} (steq check {}).", sentence, outcome.directory), 0));
  if (!sentences.empty()) fmt::print("\n");
}

int report(const RunOutcome& outcome, const ExperimentKind& kind, bool with_page) {
  fmt::print("{}", kind.table(outcome.summary));
  if (kind.name == kinds()[0].name) print_cautions(outcome);
  fmt::print("Run directory: {}\n", outcome.directory);
  if (with_page) make_page(outcome);
  if (!outcome.remark.empty()) fmt::print(stderr, "steq: {}\n", outcome.remark);
  if (outcome.status == RunStatus::complete) return outcome.holds ? kDone : kCheckFailed;
  const bool interrupted = outcome.status == RunStatus::interrupted;
  fmt::print(stderr, "steq: {}; what was recorded is in {}\n",
             interrupted ? "interrupted (--resume goes on)" : outcome.breakdown, outcome.directory);
  return interrupted ? kInterrupted : kBreakdown;
}

int run(const Arguments& arguments) {
  std::vector<std::string> overrides = arguments.overrides;
  if (arguments.seed) overrides.push_back(fmt::format("seed={}", *arguments.seed));
  const Json document = load_document(arguments.config);
  const ExperimentKind& kind = kind_of(document, arguments.config);
  if (arguments.report && kind.name != kinds()[0].name)
    throw InputError(
        "--report", fmt::format("reports are of training runs, and {} is of kind \"{}\"", arguments.config, kind.name));
  return report(kind.run(document, arguments, overrides), kind, arguments.report);
}

}  // namespace

void add_run_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("run", "Train a cohort in lockstep and compare its learners");
  auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("config", arguments->config,
                   "Config file, - for standard input, or a preset (see: steq describe presets)")
      ->required();
  command->add_option("--out", arguments->options.directory, "Run directory [runs/NAME]")
      ->type_name("DIR")
      ->check(not_empty);
  command->add_option("--set", arguments->overrides, "Change a value of the config, as optimizer.learning_rate=0.01")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  command->add_option("--seed", arguments->seed, "Seed of weights, batch order and drawn data")
      ->check(allowed_by({.name = "--seed", .kind = Kind::integer}));
  command->add_option("--threads", arguments->options.threads, "Threads; no result depends on it [all cores]")
      ->check(allowed_by({.name = "--threads", .kind = Kind::integer, .min = 1, .max = 1024}));
  command->add_flag("--report", arguments->report, "Also write RUN/report.html, with all figures");
  auto* force = command->add_flag("--force", arguments->force, "Replace an earlier run in the run directory");
  command->add_flag("--resume", arguments->resume, "Go on with a run that was interrupted or cut off, to the same bits")
      ->excludes(force);
  command->add_option("--checkpoint-steps", arguments->options.checkpoints.steps, "Save the state every so many steps")
      ->check(allowed_by({.name = "--checkpoint-steps", .kind = Kind::integer, .min = 0, .max = 4e9}));
  command
      ->add_option("--checkpoint-minutes", arguments->options.checkpoints.minutes,
                   "Save the state every so many minutes [10]; 0: never")
      ->check(allowed_by({.name = "--checkpoint-minutes", .min = 0}));
  command->add_flag("--quiet", arguments->options.quiet, "No progress bar");
  command->callback([arguments, &exit_code] {
    if (arguments->force) arguments->options.existing = Existing::replace;
    if (arguments->resume) arguments->options.existing = Existing::resume;
    exit_code = run(*arguments);
  });
}

}  // namespace steq
