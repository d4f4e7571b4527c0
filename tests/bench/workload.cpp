// SPDX-License-Identifier: MIT
#include "tests/bench/workload.hpp"

#include <algorithm>

#include "sim/core/random.hpp"
#include "sim/models/model.hpp"
#include "sim/nn/graph_builder.hpp"

namespace steq::bench {
namespace {

void widen(std::vector<LayerSpec>& layers, std::int64_t width) {
  for (LayerSpec& layer : layers) {
    if (const auto out = layer.type.values.find("out"); out != layer.type.values.end())
      out->second = std::get<std::int64_t>(out->second) * width;
    widen(layer.branch, width);
    widen(layer.shortcut, width);
  }
}

}  // namespace

Task task_of(const std::string& model) {
  if (model == "resnet18" || model == "resnet50") return {{3, 224, 224}, 1000, 16};
  if (model == "resnet20") return {{3, 32, 32}, 10, 128};
  return {{1, 28, 28}, 10, 128};
}

ModelSpec model_for(const std::string& name, std::size_t width) {
  const Task task = task_of(name);
  ModelSpec model = model_registry().make({name, {}}, "model", task.image, task.classes);
  const LayerSpec last = model.layers.back();
  widen(model.layers, static_cast<std::int64_t>(width));
  model.layers.back() = last;
  return model;
}

Dataset random_images(const Task& task, std::size_t batch) {
  const std::size_t n = std::max(batch, (std::size_t{16} << 20) / task.image.size());
  Dataset data{task.image, std::vector<std::uint8_t>(n * task.image.size()), std::vector<std::uint8_t>(n)};
  RandomStream random(1, Purpose::synthetic_data, 0, 0);
  for (std::uint8_t& pixel : data.pixels) pixel = static_cast<std::uint8_t>(random());
  for (std::uint8_t& label : data.labels)
    label = static_cast<std::uint8_t>(random() % std::min<std::size_t>(task.classes, 256));
  return data;
}

std::vector<LearnerSetup> learners_of(const ModelSpec& model, const Training& training) {
  const std::vector<TensorInfo> tensors = GraphBuilder<float>::build(model).tensors;
  const bool adam = training.optimizer == "adam";
  std::vector<LearnerSetup> learners;
  for (std::size_t i = 0; i < training.learners; ++i)
    learners.push_back({.name = fmt::format("learner-{}", i + 1),
                        .quantizer = {"uniform", {{"bits", std::int64_t{training.bits}}}},
                        .estimator = {i % 2 == 0 ? "dsq" : "ste", {}},
                        .optimizer = adam ? Spec{"adam", {}} : Spec{"sgd", {{"momentum", 0.9}}},
                        .learning_rate = adam ? 0.001 : 0.01,
                        .initial = draw_initial_weights(tensors, 1),
                        .rate_factors = std::vector<double>(tensors.size(), 1.0),
                        .seed = 1,
                        .rounding = training.rounding});
  return learners;
}

}  // namespace steq::bench
