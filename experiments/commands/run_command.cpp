// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <csignal>
#include <memory>

#include "experiments/commands/commands.hpp"
#include "experiments/training/run.hpp"
#include "plots/comparison_table.hpp"
#include "sim/core/parallel.hpp"

namespace steq {
namespace {

std::atomic<bool> stop_requested{false};

/// The first signal asks the run to save and end, a second one ends the program at once.
void request_stop(int signal) {
  stop_requested = true;
  std::signal(signal, SIG_DFL);
}

struct Arguments {
  std::string config;
  std::vector<std::string> overrides;
  std::optional<std::int64_t> seed;
  RunOptions options{.directory = "", .threads = available_threads()};
};

int report(const RunOutcome& outcome) {
  fmt::print("{}", comparison_table(outcome.summary));
  fmt::print("Run directory: {}\n", outcome.directory);
  if (!outcome.remark.empty()) fmt::print(stderr, "steq: {}\n", outcome.remark);
  if (outcome.status == RunStatus::complete) return kDone;
  const bool interrupted = outcome.status == RunStatus::interrupted;
  fmt::print(stderr, "steq: {}; what was recorded is in {}\n", interrupted ? "interrupted" : outcome.breakdown,
             outcome.directory);
  return interrupted ? kInterrupted : kBreakdown;
}

int run(const Arguments& arguments) {
  std::vector<std::string> overrides = arguments.overrides;
  if (arguments.seed) overrides.push_back(fmt::format("seed={}", *arguments.seed));
  const ExperimentConfig config = load_config(arguments.config, overrides);
  std::signal(SIGINT, request_stop);
  std::signal(SIGTERM, request_stop);
  return report(run_experiment(config, arguments.options, stop_requested));
}

}  // namespace

void add_run_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("run", "Train a cohort in lockstep and compare its learners");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("config", arguments->config, "Config file, or a preset (see: steq describe presets)")->required();
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
  command->add_flag("--force", arguments->options.force, "Replace an earlier run in the run directory");
  command->add_flag("--quiet", arguments->options.quiet, "No progress bar");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace steq
