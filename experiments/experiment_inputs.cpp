// SPDX-License-Identifier: MIT
#include "experiments/experiment_inputs.hpp"

#include "experiments/initial_file.hpp"
#include "sim/models/model.hpp"
#include "sim/nn/graph_builder.hpp"

namespace steq {
namespace {

/// Images of the shape that the config's own layers declare must be what the data give.
ModelSpec build_model(const ExperimentConfig& config, const DataSplits& data) {
  if (const auto* name = std::get_if<Spec>(&config.model))
    return model_registry().make(*name, "model", data.train.image, data.classes);
  const ModelSpec& model = std::get<ModelSpec>(config.model);
  const Shape &declared = model.input, &image = data.train.image;
  if (declared != image)
    throw InputError("model.input", fmt::format("[{}, {}, {}] is not allowed; the images of {} are [{}, {}, {}]",
                                                declared.channels, declared.height, declared.width, config.dataset.name,
                                                image.channels, image.height, image.width));
  return model;
}

void check_fit(const ExperimentConfig& config, const DataSplits& data, std::size_t outputs) {
  std::vector<Problem> problems;
  if (config.batch_size > data.train.size())
    problems.push_back({"batch_size", fmt::format("{} is not allowed; allowed: 1 to {}, the number of training images",
                                                  config.batch_size, data.train.size())});
  if (outputs < data.classes)
    problems.push_back({"model", fmt::format("the last layer has {} outputs, but the data have {} classes", outputs,
                                             data.classes)});
  if (!problems.empty()) throw InputError(std::move(problems));
}

}  // namespace

ExperimentInputs load_inputs(const ExperimentConfig& config) {
  ExperimentInputs inputs;
  inputs.data = dataset_registry().make(config.dataset, "data", config.seed);
  inputs.model = build_model(config, inputs.data);
  const Graph<double> graph = GraphBuilder<double>::build(inputs.model);
  check_fit(config, inputs.data, graph.buffers[graph.output].channels);
  inputs.tensors = graph.tensors;
  inputs.statistics = graph.statistics;
  inputs.weights = draw_initial_weights(graph.tensors, config.seed);
  for (const StatisticInfo& info : graph.statistics) inputs.statistic_values.emplace_back(info.size, info.initial);
  if (!config.init.file.empty()) read_initial_file(config.init.file, inputs);
  return inputs;
}

std::size_t total_steps(const ExperimentConfig& config, const ExperimentInputs& inputs) {
  if (config.steps) return *config.steps;
  return *config.epochs * (inputs.data.train.size() / config.batch_size);
}

}  // namespace steq
