// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "experiments/commands/reproduce.hpp"
#include "experiments/commands/slurm_script.hpp"
#include "experiments/config/presets.hpp"
#include "experiments/entry/shell_word.hpp"
#include "records/files.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

/// More threads seldom help one case, and are seldom free at once.
constexpr int kMostCpus = 4;

/// A preset, `all` and `claims` keep their names.
bool is_file(const std::string& experiment) {
  std::error_code error;
  return !find_preset(experiment) && fs::is_regular_file(experiment, error);
}

std::vector<std::string> call_of(const ReproduceArguments& arguments) {
  const auto absolute = [](const std::string& path) { return fs::absolute(path).lexically_normal().string(); };
  const std::string& experiment = arguments.experiment;
  std::vector<std::string> call{fs::read_symlink("/proc/self/exe").string(), "reproduce",
                                is_file(experiment) ? absolute(experiment) : experiment};
  const StudyForm& form = arguments.form;
  if (form.quick) call.emplace_back("--quick");
  if (form.data) call.insert(call.end(), {"--data", absolute(*form.data)});
  if (form.seeds) call.insert(call.end(), {"--seeds", fmt::format("{}", *form.seeds)});
  for (const std::string& change : form.overrides) call.insert(call.end(), {"--set", change});
  if (arguments.quiet) call.emplace_back("--quiet");
  call.insert(call.end(), {"--out", absolute(arguments.out)});
  return call;
}

std::string name_of_script(const ReproduceArguments& arguments, const std::vector<StudyConfig>& studies) {
  return studies.size() == 1 ? studies.front().name : arguments.experiment;
}

void require_new(const std::string& file, bool force) {
  std::error_code error;
  if (fs::is_directory(file, error))
    throw InputError("--slurm", fmt::format("{} is a directory; allowed: the name of a file", file));
  if (fs::is_regular_file(file, error) && !force)
    throw InputError("--slurm", fmt::format("{} exists; allowed: another name, or --force, which replaces it", file));
}

}  // namespace

void write_script(const std::vector<StudyConfig>& studies, const ReproduceArguments& arguments) {
  require_new(arguments.script, arguments.force);
  if (arguments.experiment == "-")
    throw InputError("--slurm",
                     "not with a study from standard input, which no job can read; allowed: a file or preset");
  const std::size_t cases = cases_of(studies).size();
  write_file_atomically(
      arguments.script,
      slurm_script({.name = name_of_script(arguments, studies),
                    .call = call_of(arguments),
                    .directory = fs::current_path().string(),
                    .cases = cases,
                    .cpus = arguments.own_threads ? arguments.threads : std::min(arguments.threads, kMostCpus)}));
  fmt::print("Slurm script of {} cases: {}\nIts #SBATCH lines are yours to change; bash {} submits it.\n", cases,
             arguments.script, shell_word(arguments.script));
}

}  // namespace steq
