// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <memory>

#include "experiments/commands/commands.hpp"
#include "experiments/commands/list.hpp"
#include "records/json_text.hpp"

namespace steq {

void add_list_command(CLI::App& app, int& exit_code) {
  struct Options {
    std::string folder = ".";
    bool json = false;
  };
  CLI::App* command = app.add_subcommand("list", "Which runs does a folder hold, in which state, with which verdict?");
  auto options = std::make_shared<Options>();
  command->add_option("folder", options->folder, "Where to look, in all folders below it too [.]")->check(not_empty);
  command->add_flag("--json", options->json, "One JSON document");
  command->callback([options, &exit_code] {
    const std::vector<ListedRun> runs = list_runs(options->folder);
    fmt::print("{}", options->json ? file_text({{"schema", 1}, {"runs", list_json(runs)}}) : list_text(runs));
    exit_code = kDone;
  });
}

}  // namespace steq
