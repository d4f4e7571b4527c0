// SPDX-License-Identifier: MIT
// A whole config: what is accepted is written out with nothing left to defaults, reads as the same, and its network's
// shapes can be worked out.
#include "experiments/config/config.hpp"
#include "records/json_text.hpp"
#include "sim/models/model.hpp"
#include "sim/nn/graph_builder.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace steq;

namespace {

ModelSpec model_of(const ExperimentConfig& config) {
  if (const auto* spec = std::get_if<ModelSpec>(&config.model)) return *spec;
  return model_registry().make(std::get<Spec>(config.model), "model", SampleShape{3, 32, 32}, 10);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::accept_or_refuse([&] {
    const ExperimentConfig config = read_config(parse_json(fuzz::text(data, size), "input"), "input");
    const Json whole = resolved(config);
    fuzz::require(resolved(read_config(whole, "input")) == whole);
    GraphBuilder<float>::build(model_of(config));
  });
  return 0;
}
