// SPDX-License-Identifier: MIT
#include "experiments/training/initial_grid.hpp"

#include <algorithm>
#include <cmath>

namespace steq {
namespace {

/// What the learner's quantizer of that tensor or layer declares, and how many groups it has.
struct Declared {
  std::vector<GridParameter> parameters;
  std::size_t groups = 1;
};

Declared declared_of(const std::string& owner, const LearnerSetup& setup, const ExperimentInputs& inputs) {
  const auto same = [&](const auto& info) { return info.name == owner; };
  const auto tensor = std::ranges::find_if(inputs.tensors, same);
  if (tensor == inputs.tensors.end()) {
    if (!setup.activations) return {};
    return {
        quantizer_registry().make(setup.activations->quantizer, "", TensorShape{.activations = true})->parameters()};
  }
  if (!tensor->quantize) return {};
  const auto quantizer = quantizer_registry().make(setup.quantizer, "", tensor->shape());
  return {quantizer->parameters(), quantizer->group() > 0 ? tensor->size() / quantizer->group() : 1};
}

bool begins_with_it(const GridParameter& parameter) {
  return parameter.by == GridParameter::By::learned || parameter.by == GridParameter::By::first;
}

void require(const GridParameter& parameter, std::size_t groups, const std::vector<double>& values,
             const std::string& place) {
  if (values.size() != groups * parameter.count)
    throw InputError(place, fmt::format("has {} values; allowed: {}", values.size(), groups * parameter.count));
  for (const double value : values)
    if (!std::isfinite(value) || value < parameter.least)
      throw InputError(place,
                       fmt::format("{} is not allowed; allowed: finite numbers{}", value,
                                   std::isfinite(parameter.least) ? fmt::format(" >= {}", parameter.least) : ""));
  for (std::size_t i = 1; parameter.rises && i < values.size(); ++i)
    if (i % parameter.count != 0 && values[i] < values[i - 1])
      throw InputError(place, fmt::format("{} after {} is not allowed; allowed: numbers that do not fall", values[i],
                                          values[i - 1]));
}

}  // namespace

void require_grid_numbers(LearnerSetup& setup, const std::string& place, const ExperimentInputs& inputs) {
  for (auto& [owner, numbers] : setup.grid_numbers) {
    const Declared declared = declared_of(owner, setup, inputs);
    std::erase_if(numbers, [&](const auto& entry) {
      const auto named = [&](const GridParameter& p) { return p.name == entry.first && begins_with_it(p); };
      const auto parameter = std::ranges::find_if(declared.parameters, named);
      if (parameter == declared.parameters.end()) return true;
      require(*parameter, declared.groups, entry.second, fmt::format("{}.init: {} of {}", place, entry.first, owner));
      return false;
    });
  }
  std::erase_if(setup.grid_numbers, [](const auto& owner) { return owner.second.empty(); });
}

std::map<std::string, NamedNumbers> grid_numbers_to_come(const LearnerSetup& setup, const ExperimentInputs& inputs) {
  std::map<std::string, NamedNumbers> all;
  const auto add = [&](const std::string& owner) {
    const Declared declared = declared_of(owner, setup, inputs);
    for (const GridParameter& parameter : declared.parameters)
      all[owner][parameter.name].assign(declared.groups * parameter.count, 1.0);
  };
  for (const TensorInfo& tensor : inputs.tensors) add(tensor.name);
  for (const ActivationInfo& layer : inputs.activations) add(layer.name);
  return all;
}

}  // namespace steq
