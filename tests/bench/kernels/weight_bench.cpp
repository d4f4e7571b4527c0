// SPDX-License-Identifier: MIT
// The pass over the weights that a step makes: estimator, optimizer, new levels, what changed.
#include "sim/training/weight_tensor.hpp"
#include "tests/bench/kernels_bench.hpp"

namespace steq::bench {
namespace {

/// Reads a gradient; reads and writes the latent weights and the optimizer's states; writes quantized weights,
/// reads levels.
Work update_work(std::size_t weights, std::size_t states) {
  const std::size_t floats = 1 + 2 + 2 * states + 1;
  return {.bytes = static_cast<double>(weights * (floats * sizeof(float) + sizeof(Level)))};
}

void update(benchmark::State& state, const std::string& estimator, const std::string& optimizer) {
  const std::size_t channels = static_cast<std::size_t>(state.range(0));
  const TensorInfo info{"w", {channels, channels, 3, 3}, channels * 9, Initialization::he_uniform, true};
  const auto rule = optimizer_registry().make(parse_spec(optimizer, "optimizer"), "optimizer");
  auto quantizer = quantizer_registry().make({"uniform", {}}, "quantizer", info.shape());
  auto backward = estimator_registry().make({estimator, {}}, "estimator", quantizer->grid());
  const Buffer<float> drawn = random_floats(info.size());
  const double range = quantizer->grid().range;
  std::vector<double> initial(drawn.span().begin(), drawn.span().end());
  for (double& w : initial) w *= range;
  WeightTensor<float> tensor({.info = info,
                              .initial = initial,
                              .optimizer = rule.get(),
                              .quantizer = std::move(quantizer),
                              .estimator = std::move(backward)});
  std::vector<Buffer<float>> gradients;
  gradients.push_back(random_floats(info.size()));
  UpdateJob<float> job{{1e-6, 0}, gradients};
  measure(state, update_work(info.size(), rule->state_count()), [&] {
    ++job.context.update;
    for (std::size_t block = 0; block < tensor.blocks(); ++block) tensor.update_block(block, job);
    tensor.finish_update();
  });
}

#define STEQ_UPDATE(estimator, optimizer, spec) \
  BENCHMARK_CAPTURE(update, estimator##_##optimizer, #estimator, spec)->ArgName("channels")->Arg(64)->Arg(512)
STEQ_UPDATE(ste, sgd, "sgd:momentum=0.9");
STEQ_UPDATE(dsq, sgd, "sgd:momentum=0.9");
STEQ_UPDATE(ste, adam, "adam");
STEQ_UPDATE(dsq, adam, "adam");

}  // namespace
}  // namespace steq::bench
