// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <memory>

#include "experiments/commands/commands.hpp"
#include "experiments/commands/reproduce.hpp"
#include "sim/core/parallel.hpp"

namespace steq {
namespace {

int run(const ReproduceArguments& arguments) {
  const std::vector<StudyConfig> all = studies_of(arguments);
  if (arguments.one_case || !arguments.shard.empty()) return run_chosen(cases_of(all), arguments);
  if (arguments.list_cases)
    fmt::print("{}", cases_text(cases_of(all), arguments.json));
  else if (!arguments.script.empty())
    write_script(all, arguments);
  else
    return run_or_merge(all, arguments);
  return kDone;
}

/// The forms other than all at once; at most one of them.
void add_forms(CLI::App& command, ReproduceArguments& arguments) {
  CLI::Option* list = command.add_flag("--list-cases", arguments.list_cases,
                                       "Print index, name, config hash, seed and study of every case; run nothing");
  command.add_flag("--json", arguments.json, "With --list-cases: as JSON")->needs(list);
  CLI::Option* one =
      command.add_option("--case", arguments.one_case, "Run one case, a variant with a seed, by its index")
          ->type_name("I")
          ->check(allowed_by({.name = "--case", .kind = Kind::integer, .min = 0, .max = 1e9}));
  CLI::Option* shard = command.add_option("--shard", arguments.shard, "Run the cases I, I + N, I + 2 N, ...")
                           ->type_name("I/N")
                           ->check(not_empty);
  CLI::Option* merge = command.add_flag("--merge", arguments.merge,
                                        "Make the tables of the cases that are there; exit code 1 where some are not");
  CLI::Option* slurm = command
                           .add_option("--slurm", arguments.script,
                                       "Write a Slurm script: a job array of the cases, and their merge behind it")
                           ->type_name("FILE")
                           ->check(not_empty);
  const std::vector<CLI::Option*> forms{list, one, shard, merge, slurm};
  for (std::size_t i = 0; i < forms.size(); ++i)
    for (std::size_t j = i + 1; j < forms.size(); ++j) forms[i]->excludes(forms[j]);
  for (CLI::Option* form : {list, merge}) form->excludes(command.get_option("--force"));
}

}  // namespace

void add_reproduce_command(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("reproduce", "Run the paper's experiments with seeds and controls, and report");
  auto arguments = std::make_shared<ReproduceArguments>();
  arguments->threads = available_threads();
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
  command->add_flag("--force", arguments->force, "Run again what is there already; with --slurm: replace FILE");
  command->add_flag("--quiet", arguments->quiet, "No progress");
  add_forms(*command, *arguments);
  command->callback([arguments, command, &exit_code] {
    arguments->own_threads = command->count("--threads") > 0;
    exit_code = run(*arguments);
  });
}

}  // namespace steq
