// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <memory>

#include "experiments/commands/commands.hpp"
#include "experiments/commands/control_options.hpp"
#include "experiments/diff/diff.hpp"

namespace steq {

void add_diff_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("diff", "In what do two runs differ, and where do they diverge? 1 where they do");
  auto options = std::make_shared<DiffOptions>();
  const auto run = [&](const char* name, std::string& value, const char* help) {
    command->add_option(name, value, help)->type_name("RUN")->required()->check(not_empty);
  };
  run("run_a", options->a, "A run directory, or one with logs that another program recorded");
  run("run_b", options->b, "Another one");
  command->add_option("--learners", options->learners, "A learner of each, as NAME,NAME [those of the same name]")
      ->type_name("NAME,NAME")
      ->check([](const std::string& text) { return text.empty() ? "\"\" is not allowed; allowed: NAME,NAME" : ""; });
  add_control_options(*command, options->controls);
  command->add_flag("--json", options->json, "One JSON document");
  command->callback([options, &exit_code] {
    const DiffResult result = diff(*options);
    fmt::print("{}", result.output);
    for (const std::string& remark : result.remarks) fmt::print(stderr, "steq: {}\n", remark);
    exit_code = result.same ? kDone : kCheckFailed;
  });
}

}  // namespace steq
