// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <memory>

#include "experiments/commands/commands.hpp"
#include "experiments/commands/manual.hpp"
#include "records/build_info.hpp"

namespace steq {

void add_manual_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("manual", "The manual page, for man; or the completion script of a shell");
  auto completion = std::make_shared<bool>(false);
  command->add_flag("--completion", *completion, "The script for bash (and zsh with bashcompinit)");
  command->callback([&app, completion, &exit_code] {
    fmt::print("{}", *completion ? completion_script(app) : man_page(app, build_info().version));
    exit_code = kDone;
  });
}

}  // namespace steq
