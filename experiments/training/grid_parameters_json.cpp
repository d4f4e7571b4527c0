// SPDX-License-Identifier: MIT
#include "experiments/training/grid_parameters_json.hpp"

#include <algorithm>

namespace steq {
namespace {

double median_of(std::vector<double> sorted) {
  const std::size_t middle = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

Json summary_of(std::vector<double> values) {
  if (values.size() == 1) return to_json(values[0]);
  std::ranges::sort(values);
  return {{"least", to_json(values.front())}, {"median", to_json(median_of(values))}, {"most", to_json(values.back())}};
}

void add(Json& all, const std::string& owner, const MovingNumbers& numbers) {
  for (const auto& [name, values] : numbers.named()) all[owner][name] = summary_of(values);
}

}  // namespace

template <class T>
Json grid_parameters_json(const Learner<T>& learner) {
  Json all = Json::object();
  for (const WeightTensor<T>& tensor : learner.tensors())
    if (tensor.quantized()) add(all, tensor.info().name, tensor.grid().numbers());
  for (const ActivationQuantizer& quantizer : learner.activations()) add(all, quantizer.name(), quantizer.numbers());
  return all;
}

template Json grid_parameters_json<float>(const Learner<float>&);
template Json grid_parameters_json<double>(const Learner<double>&);

}  // namespace steq
