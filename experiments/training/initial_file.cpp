// SPDX-License-Identifier: MIT
#include "experiments/training/initial_file.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "records/safetensors.hpp"
#include "records/tensor_names.hpp"

namespace steq {
namespace {

/// One tensor that the network has: where its values go, and whether the file must hold it.
struct Target {
  std::string name;
  std::vector<std::size_t> shape;
  std::vector<double>* values;
  bool required;
  const StoredTensor* source = nullptr;
};

std::vector<Target> targets_of(const NetworkInputs& inputs, StartingValues& start) {
  std::vector<Target> targets;
  for (std::size_t t = 0; t < inputs.tensors.size(); ++t)
    targets.push_back({inputs.tensors[t].name, inputs.tensors[t].dims, &start.weights[t], true});
  for (std::size_t s = 0; s < inputs.statistics.size(); ++s)
    targets.push_back({inputs.statistics[s].name, {inputs.statistics[s].size}, &start.statistics[s], false});
  return targets;
}

std::vector<std::string> names_of(const std::vector<Target>& targets) {
  std::vector<std::string> names;
  for (const Target& target : targets) names.push_back(target.name);
  return names;
}

std::string order_hint(const std::vector<std::size_t>& stored, const std::vector<std::size_t>& wanted) {
  if (stored.size() < 2 || !std::ranges::is_permutation(stored, wanted)) return "";
  return ", that is [out, in, ...] as in PyTorch; Flax and Keras put the outputs last";
}

/// Throws InputError where the stored tensor cannot be taken.
void take(const Target& target, const std::string& place) {
  const StoredTensor& stored = *target.source;
  if (stored.shape != target.shape)
    throw InputError(place, fmt::format("has shape [{}]; allowed: [{}]{}", fmt::join(stored.shape, ", "),
                                        fmt::join(target.shape, ", "), order_hint(stored.shape, target.shape)));
  *target.values = values_of(stored, place);
  const auto broken = std::ranges::find_if_not(*target.values, [](double x) { return std::isfinite(x); });
  if (broken != target.values->end())
    throw InputError(
        place, fmt::format("element {} is {}; allowed: finite numbers", broken - target.values->begin(), *broken));
}

/// Gives every target its tensor: the one of its name, else the one whose name is that without a wrapper. Returns those
/// that the network does not have.
std::vector<const StoredTensor*> match(const std::vector<StoredTensor>& tensors, std::vector<Target>& targets,
                                       std::vector<std::string>& unwrapped) {
  std::map<std::string, Target*> wanted;
  for (Target& target : targets) wanted[target.name] = &target;
  std::vector<const StoredTensor*> others, unknown;
  for (const StoredTensor& tensor : tensors)
    if (const auto found = wanted.find(tensor.name); found != wanted.end())
      found->second->source = &tensor;
    else
      others.push_back(&tensor);
  for (const StoredTensor* tensor : others)
    if (const auto found = wanted.find(unwrapped_name(tensor->name)); found != wanted.end() && !found->second->source) {
      found->second->source = tensor;
      unwrapped.push_back(tensor->name);
    } else {
      unknown.push_back(tensor);
    }
  return unknown;
}

/// Takes TENSOR.grid.NAME and LAYER.grid.NAME; whether a learner's quantizer has them is not known here.
void take_grid_numbers(const std::string& path, const NetworkInputs& inputs, StartingValues& start,
                       std::vector<const StoredTensor*>& unknown) {
  const auto is_known = [&](const std::string& owner) {
    const auto same = [&](const auto& info) { return info.name == owner; };
    return std::ranges::any_of(inputs.tensors, same) || std::ranges::any_of(inputs.activations, same);
  };
  std::erase_if(unknown, [&](const StoredTensor* stored) {
    const std::size_t mark = stored->name.rfind(kGridMark);
    const std::string owner = stored->name.substr(0, mark);
    if (mark == std::string::npos || !is_known(owner)) return false;
    start.grid_numbers[owner][stored->name.substr(mark + kGridMark.size())] =
        values_of(*stored, path + ": tensor " + stored->name);
    return true;
  });
}

std::string left_out_text(const std::string& path, const std::vector<const StoredTensor*>& unknown) {
  std::vector<std::string> names;
  for (const StoredTensor* tensor : unknown)
    if (names.size() < 3) names.push_back(fmt::format("{} ({})", tensor->name, tensor->dtype()));
  const std::string more =
      unknown.size() > names.size() ? fmt::format(" and {} more", unknown.size() - names.size()) : "";
  return fmt::format("{}: the network does not have {}{}; left out", path, join(names), more);
}

}  // namespace

StartingValues read_initial_file(const std::string& path, const NetworkInputs& inputs,
                                 std::vector<std::string>& remarks) {
  const TensorFile file = read_safetensors(path);
  StartingValues start = inputs.drawn;
  std::vector<Target> targets = targets_of(inputs, start);
  std::vector<std::string> unwrapped;
  std::vector<const StoredTensor*> unknown = match(file.tensors, targets, unwrapped);
  take_grid_numbers(path, inputs, start, unknown);
  const auto lacks = [](const Target& target) { return target.required && !target.source; };
  std::vector<Problem> problems;
  for (const Target& target : targets)
    if (target.source) collect(problems, [&] { take(target, path + ": tensor " + target.source->name); });
  if (std::ranges::any_of(targets, lacks))
    for (const StoredTensor* tensor : unknown)
      problems.push_back({path + ": tensor " + tensor->name,
                          fmt::format("the network has no such tensor; allowed: {}{}", join(names_of(targets)),
                                      suggestion(tensor->name, names_of(targets)))});
  for (const Target& target : targets)
    if (lacks(target))
      problems.push_back({path + ": tensor " + target.name,
                          fmt::format("missing; required with shape [{}]", fmt::join(target.shape, ", "))});
  throw_if_any(problems);
  if (!unwrapped.empty())
    remarks.push_back(fmt::format("{}: {} is read as {}, and {} others alike", path, unwrapped[0],
                                  unwrapped_name(unwrapped[0]), unwrapped.size() - 1));
  if (!unknown.empty()) remarks.push_back(left_out_text(path, unknown));
  return start;
}

}  // namespace steq
