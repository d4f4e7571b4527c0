// SPDX-License-Identifier: MIT
#include "experiments/training/initial_file.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "records/safetensors.hpp"

namespace steq {
namespace {

/// One tensor that the network has: where its values go, and whether the file must hold it.
struct Target {
  std::string name;
  std::vector<std::size_t> shape;
  std::vector<double>* values;
  bool required;
  bool found = false;
};

std::vector<Target> targets_of(ExperimentInputs& inputs) {
  std::vector<Target> targets;
  for (std::size_t t = 0; t < inputs.tensors.size(); ++t)
    targets.push_back({inputs.tensors[t].name, inputs.tensors[t].dims, &inputs.weights[t], true});
  for (std::size_t s = 0; s < inputs.statistics.size(); ++s)
    targets.push_back({inputs.statistics[s].name, {inputs.statistics[s].size}, &inputs.statistic_values[s], false});
  return targets;
}

std::vector<std::string> names_of(const std::vector<Target>& targets) {
  std::vector<std::string> names;
  for (const Target& target : targets) names.push_back(target.name);
  return names;
}

/// An empty text, or why the stored tensor cannot be taken.
std::string take(const StoredTensor& stored, Target& target) {
  target.found = true;
  if (stored.shape != target.shape)
    return fmt::format("has shape [{}]; allowed: [{}]", fmt::join(stored.shape, ", "), fmt::join(target.shape, ", "));
  std::visit([&](const auto& data) { target.values->assign(data.begin(), data.end()); }, stored.data);
  const auto broken =
      std::find_if_not(target.values->begin(), target.values->end(), [](double x) { return std::isfinite(x); });
  if (broken == target.values->end()) return "";
  return fmt::format("element {} is {}; allowed: finite numbers", broken - target.values->begin(), *broken);
}

}  // namespace

void read_initial_file(const std::string& path, ExperimentInputs& inputs) {
  std::vector<Target> targets = targets_of(inputs);
  std::vector<Problem> problems;
  for (const StoredTensor& stored : read_safetensors(path).tensors) {
    const std::string place = path + ": tensor " + stored.name;
    const auto target =
        std::find_if(targets.begin(), targets.end(), [&](const Target& t) { return t.name == stored.name; });
    if (target == targets.end())
      problems.push_back({place, fmt::format("the network has no such tensor; allowed: {}{}", join(names_of(targets)),
                                             suggestion(stored.name, names_of(targets)))});
    else if (const std::string refused = take(stored, *target); !refused.empty())
      problems.push_back({place, refused});
  }
  for (const Target& target : targets)
    if (target.required && !target.found)
      problems.push_back({path + ": tensor " + target.name,
                          fmt::format("missing; required with shape [{}]", fmt::join(target.shape, ", "))});
  if (!problems.empty()) throw InputError(std::move(problems));
}

}  // namespace steq
