// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <memory>

#include "experiments/commands/commands.hpp"
#include "experiments/terminal/talk.hpp"
#include "experiments/weights/quantize.hpp"
#include "sim/core/parallel.hpp"

namespace steq {
namespace {

/// What the command line says beside the options of the work.
struct QuantizeCall {
  QuantizeOptions options;
  bool json = false, quiet = false;
};

void add_files(CLI::App& command, QuantizeOptions& options) {
  command.add_option("weights", options.file, "Weights, as of a PyTorch checkpoint")
      ->required()
      ->type_name("IN.safetensors")
      ->check(not_empty);
  command.add_option("--out", options.out, "File for the quantized weights; other tensors pass unchanged")
      ->type_name("OUT.safetensors")
      ->check(not_empty);
  command.add_option("--figure", options.figure, "Picture of the levels over the histograms of weights")
      ->type_name("FILE.svg")
      ->check(not_empty);
  command
      .add_option("--curvature", options.curvature,
                  "How much each weight counts, in tensors of the same names, as Adam's second moments")
      ->type_name("FILE.safetensors")
      ->check(not_empty);
  command.add_flag("--force", options.force, "Replace OUT and FILE.svg where they exist");
}

}  // namespace

void add_quantize_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("quantize", "Put finished weights on a grid, and say what that costs");
  auto call = std::make_shared<QuantizeCall>();
  QuantizeOptions& options = call->options;
  options.threads = available_threads();
  add_files(*command, options);
  command->add_option("--quantizer", options.quantizer, "Quantizer or coding, as kmeans:levels=16")
      ->required()
      ->type_name("SPEC");
  command
      ->add_option("--tensors", options.tensors,
                   "Tensors to quantize, separated by commas [those of at least 2 dimensions named *.weight]")
      ->delimiter(',')
      ->type_name("NAME[,NAME...]");
  command->add_option("--seed", options.seed, "Of codings that draw [1]")
      ->type_name("N")
      ->check(allowed_by({.name = "--seed", .kind = Kind::integer, .min = 0}));
  add_threads_option(*command, options.threads);
  command->add_flag("--json", call->json, "One JSON document");
  command->add_flag("--quiet", call->quiet, "No progress");
  command->callback([call, &exit_code] {
    const QuantizedFile quantized = quantize_file(call->options, standard_screen(call->quiet));
    for (const std::string& note : quantized.notes) remark(note);
    fmt::print("{}", call->json ? file_text(Json{{"tensors", quantized.tensors}}) : quantized_text(quantized));
    exit_code = kDone;
  });
}

}  // namespace steq
