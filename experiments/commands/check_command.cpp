// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <memory>

#include "experiments/commands/check.hpp"
#include "experiments/commands/commands.hpp"

namespace steq {

void add_check_command(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("check", "Do the assumptions hold under which the STE follows an estimator? 1 where not");
  auto options = std::make_shared<CheckOptions>();
  CLI::Option* run = command->add_option("run", options->run, "A run directory; or a recipe by the options below");
  const auto spec = [&](const char* name, auto& value, const char* help) {
    command->add_option(name, value, help)->type_name("SPEC")->excludes(run);
  };
  spec("--estimator", options->estimator, "Estimator, as dsq:k=6.5");
  spec("--quantizer", options->quantizer, "Quantizer, as uniform:bits=2,range=1");
  spec("--optimizer", options->optimizer, "Optimizer [sgd]");
  command->add_option("--learning-rate", options->learning_rate, "Peak learning rate")
      ->type_name("X")
      ->check(allowed_by({.name = "--learning-rate", .kind = Kind::number, .min = 0, .min_excluded = true}))
      ->excludes(run);
  command->add_flag("--json", options->json, "One JSON document");
  command->callback([options, &exit_code] {
    const CheckResult result = check(*options);
    fmt::print("{}", result.output);
    exit_code = result.equivalent ? kDone : kCheckFailed;
  });
}

}  // namespace steq
