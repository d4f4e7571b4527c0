// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <memory>

#include "experiments/commands.hpp"
#include "experiments/equiv.hpp"

namespace steq {

void add_equiv_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("equiv", "The learning rate and initial weights with which the STE follows an estimator");
  auto options = std::make_shared<EquivOptions>();
  command->add_option("--estimator", options->estimator, "Estimator, as dsq:k=6.5")->required()->type_name("SPEC");
  command->add_option("--quantizer", options->quantizer, "Quantizer, as uniform:bits=2,range=1")->required()->type_name("SPEC");
  command->add_option("--optimizer", options->optimizer, "Optimizer [sgd]")->type_name("SPEC");
  command->add_option("--map", options->map, "Weights w whose M(w) is wanted, separated by commas")->delimiter(',')->type_name("W[,W...]");
  command->add_flag("--json", options->json, "One JSON document");
  command->callback([options, &exit_code] {
    fmt::print("{}", equiv(*options));
    exit_code = kDone;
  });
}

}  // namespace steq
