// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <memory>

#include "experiments/commands/commands.hpp"
#include "experiments/commands/equiv.hpp"

namespace steq {
namespace {

void add_weights_options(CLI::App& command, WeightsOptions& weights) {
  CLI::Option* file = command.add_option("--weights", weights.file, "Weights to take by M to where the STE starts")
                          ->type_name("IN.safetensors")
                          ->check(not_empty);
  CLI::Option* out = command.add_option("--out", weights.out, "File for the mapped weights")
                         ->type_name("OUT.safetensors")
                         ->check(not_empty)
                         ->needs(file);
  file->needs(out);
  command
      .add_option("--tensors", weights.tensors,
                  "Tensors to map, separated by commas [those of at least 2 dimensions named *.weight]")
      ->delimiter(',')
      ->type_name("NAME[,NAME...]")
      ->needs(file);
  command.add_flag("--inverse", weights.inverse, "Take the STE's weights by the inverse of M to the estimator's")
      ->needs(file);
  command.add_flag("--force", weights.force, "Replace OUT where it exists")->needs(file);
}

}  // namespace

void add_equiv_command(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("equiv", "The learning rate and initial weights with which the STE follows an estimator");
  auto options = std::make_shared<EquivOptions>();
  auto weights = std::make_shared<WeightsOptions>();
  command->add_option("--estimator", options->estimator, "Estimator, as dsq:k=6.5")->required()->type_name("SPEC");
  command->add_option("--quantizer", options->quantizer, "Quantizer, as uniform:bits=2,range=1")
      ->required()
      ->type_name("SPEC");
  command->add_option("--optimizer", options->optimizer, "Optimizer [sgd]")->type_name("SPEC");
  command->add_option("--map", options->map, "Weights w whose M(w) is wanted, separated by commas")
      ->delimiter(',')
      ->type_name("W[,W...]")
      ->check(allowed_by({.name = "--map", .kind = Kind::number}));
  add_weights_options(*command, *weights);
  command->add_flag("--json", options->json, "One JSON document");
  command->callback([options, weights, &exit_code] {
    if (!weights->file.empty()) options->weights = *weights;
    fmt::print("{}", equiv(*options));
    exit_code = kDone;
  });
}

}  // namespace steq
