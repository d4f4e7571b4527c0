// SPDX-License-Identifier: MIT
#include "experiments/training/network_inputs.hpp"

#include "sim/models/model.hpp"
#include "sim/nn/graph_builder.hpp"

namespace steq {
namespace {

/// Images of the shape that the config's own layers declare must be what the data give.
ModelSpec build_model(const ModelConfig& config, const NetworkFrame& frame) {
  const SampleShape& image = frame.data.train.image;
  if (const auto* name = std::get_if<Spec>(&config))
    return model_registry().make(*name, frame.place, image, frame.data.classes);
  const ModelSpec& model = std::get<ModelSpec>(config);
  const SampleShape& declared = model.input;
  if (declared != image)
    throw InputError(
        frame.place + ".input",
        fmt::format("[{}, {}, {}] is not allowed; the images of {} are [{}, {}, {}]", declared.channels,
                    declared.height, declared.width, frame.dataset, image.channels, image.height, image.width));
  return model;
}

}  // namespace

NetworkInputs network_inputs(const ModelConfig& model, const NetworkFrame& frame) {
  NetworkInputs inputs;
  inputs.model = build_model(model, frame);
  const Graph<double> graph = GraphBuilder<double>::build(inputs.model);
  inputs.outputs = graph.buffers[graph.output].channels;
  if (inputs.outputs < frame.data.classes)
    throw InputError(frame.place, fmt::format("the last layer has {} outputs; allowed: at least {}, the number of "
                                              "classes",
                                              inputs.outputs, frame.data.classes));
  inputs.tensors = graph.tensors;
  inputs.statistics = graph.statistics;
  inputs.activations = graph.activations;
  inputs.drawn.weights = draw_initial_weights(graph.tensors, frame.seed);
  for (const StatisticInfo& info : graph.statistics) inputs.drawn.statistics.emplace_back(info.size, info.initial);
  return inputs;
}

}  // namespace steq
