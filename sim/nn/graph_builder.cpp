// SPDX-License-Identifier: MIT
#include "sim/nn/graph_builder.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace steq {
namespace {

/// Weights are counted in 32 bits; more values in one place are a mistake in the config.
constexpr double kMostValues = 1u << 31;

}  // namespace

template <class T>
GraphBuilder<T>::GraphBuilder(const SampleShape& input) {
  pin(new_buffer(input));
}

template <class T>
Graph<T> GraphBuilder<T>::build(const ModelSpec& model) {
  GraphBuilder builder(model.input);
  builder.append_all(model.layers, "layers");
  builder.graph_.output = builder.current_;
  if (builder.graph_.tensors.empty()) throw InputError("model.layers", "no layer has weights; nothing can be trained");
  if (const SampleShape& out = builder.shape(); out.height * out.width != 1)
    throw InputError("model.layers", fmt::format("the last layer gives {} x {} x {} values; allowed: one value a class",
                                                 out.channels, out.height, out.width));
  return std::move(builder.graph_);
}

template <class T>
void GraphBuilder<T>::require_size(const std::string& what, const std::vector<std::size_t>& dims) const {
  const double size = std::accumulate(dims.begin(), dims.end(), 1.0, std::multiplies<>());
  if (size > kMostValues)
    throw InputError(place_, fmt::format("{} has {} = {:.3g} values; allowed: at most {:.0f}", what,
                                         fmt::join(dims, " x "), size, kMostValues));
}

template <class T>
std::size_t GraphBuilder<T>::new_buffer(const SampleShape& shape) {
  require_size("its output", {shape.channels, shape.height, shape.width});
  graph_.buffers.push_back(shape);
  pinned_.push_back(false);
  read_again_.push_back(false);
  return graph_.buffers.size() - 1;
}

template <class T>
void GraphBuilder<T>::append(std::unique_ptr<Layer<T>> layer, std::optional<std::size_t> second) {
  const LayerTraits traits = layer->traits();
  Node<T> node;
  node.input = current_;
  node.second = second;
  node.output = traits.in_place && !pinned_[current_] ? current_ : new_buffer(layer->output_shape());
  if (traits.reads_output) read_again_[node.output] = true;
  node.layer = std::move(layer);
  add_tensors(node);
  current_ = node.output;
  graph_.nodes.push_back(std::move(node));
}

template <class T>
void GraphBuilder<T>::add_tensors(Node<T>& node) {
  node.first_tensor = graph_.tensors.size();
  for (TensorInfo& info : node.layer->tensors()) {
    require_size("tensor " + info.name, info.dims);
    const auto same = [&](const TensorInfo& other) { return other.name == info.name; };
    if (std::any_of(graph_.tensors.begin(), graph_.tensors.end(), same))
      throw InputError(place_ + ".name", fmt::format("two layers have a tensor {}; names must differ", info.name));
    graph_.tensors.push_back(std::move(info));
  }
  node.tensor_count = graph_.tensors.size() - node.first_tensor;
  node.first_statistic = graph_.statistics.size();
  for (StatisticInfo& info : node.layer->statistics()) graph_.statistics.push_back(std::move(info));
  node.statistic_count = graph_.statistics.size() - node.first_statistic;
  add_activations(node);
}

template <class T>
void GraphBuilder<T>::add_activations(Node<T>& node) {
  node.first_activation = graph_.activations.size();
  for (ActivationInfo& info : node.layer->activations()) {
    const auto same = [&](const ActivationInfo& other) { return other.name == info.name; };
    if (std::any_of(graph_.activations.begin(), graph_.activations.end(), same))
      throw InputError(place_ + ".name", fmt::format("two layers are named {}; names must differ", info.name));
    graph_.activations.push_back(std::move(info));
  }
  node.activation_count = graph_.activations.size() - node.first_activation;
}

template <class T>
void GraphBuilder<T>::append_all(const std::vector<LayerSpec>& layers, const std::string& key) {
  const std::string outer = place_;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    place_ = fmt::format("{}.{}[{}]", outer, key, i);
    layer_registry().make(layers[i].type, place_, layers[i], AnyBuilder(this));
  }
  place_ = outer;
}

template class GraphBuilder<float>;
template class GraphBuilder<double>;

}  // namespace steq
