// SPDX-License-Identifier: MIT
#include "experiments/commands/equiv_weights.hpp"

#include "experiments/weights/chosen_tensors.hpp"
#include "experiments/weights/tensor_layout.hpp"
#include "theory/translation.hpp"

namespace steq {
namespace {

bool depends_on_fan_in(const Spec& quantizer) {
  const auto range = [&](std::size_t fan_in) {
    return quantizer_registry().make(quantizer, "--quantizer", TensorShape{fan_in})->grid().range;
  };
  return range(1) != range(4);
}

void check_tensor(const StoredTensor& tensor, const std::string& place) {
  if (tensor.shape.size() < 2 || tensor.size() == 0)
    throw InputError(place, fmt::format("has shape [{}]; allowed: at least 2 dimensions and 1 weight",
                                        fmt::join(tensor.shape, ", ")));
  StoredTensor numbers = tensor;
  make_numbers(numbers, place);
  require_finite(numbers, place);
}

template <class T>
void require_rescaling(const Spec& spec, const Grid& grid) {
  const auto estimator = estimator_registry().make(spec, "--estimator", grid);
  const std::vector<std::string> obstacles = translation_obstacles<T>(*estimator);
  if (!obstacles.empty())
    throw InputError("--estimator", fmt::format("{} has no usable alpha and M ({}); allowed with --weights: one that "
                                                "has them",
                                                to_text(spec), join(obstacles)));
}

/// Maps the tensor's numbers and returns alpha.
double map_numbers(StoredTensor& tensor, const Spec& estimator, const Grid& grid, bool inverse) {
  const bool is_double = tensor.dtype() == "F64";
  is_double ? require_rescaling<double>(estimator, grid) : require_rescaling<float>(estimator, grid);
  const Spec ste{"ste", {}};
  const Translation translation(inverse ? ste : estimator, inverse ? estimator : ste, grid);
  change_numbers(tensor, [&](double w) { return is_double ? translation.map<double>(w) : translation.map<float>(w); });
  return inverse ? 1 / translation.rate_factor() : translation.rate_factor();
}

Json map_tensor(StoredTensor& tensor, const Spec& estimator, const Spec& quantizer, bool inverse) {
  const std::size_t fan_in = tensor.size() / tensor.shape[0];
  const Grid grid = quantizer_registry().make(quantizer, "--quantizer", TensorShape{fan_in})->grid();
  make_numbers(tensor, tensor.name);
  const double alpha = map_numbers(tensor, estimator, grid, inverse);
  return {{"name", tensor.name}, {"range", grid.range}, {"alpha", alpha}, {"dtype", tensor.dtype()}};
}

}  // namespace

MappedWeights map_weights(const Spec& estimator, const Spec& quantizer, const WeightsOptions& options) {
  require_free(options.out, options.force);
  TensorFile file = read_safetensors(options.file);
  MappedWeights mapped{.tensors = Json::array(), .notes = {}};
  const std::vector<StoredTensor*> tensors = chosen_tensors(file, options.file, options.tensors, mapped.notes);
  std::vector<Problem> problems;
  for (const StoredTensor* tensor : tensors) {
    const std::string place = options.file + ": tensor " + tensor->name;
    collect(problems, [&] { check_tensor(*tensor, place); });
    if (depends_on_fan_in(quantizer)) collect(problems, [&] { check_layout(*tensor, file, place); });
  }
  throw_if_any(problems);
  for (StoredTensor* tensor : tensors) {
    if (const std::string type = tensor->dtype(); type != "F64" && type != "F32")
      mapped.notes.push_back(fmt::format("{} was {} and is written as F32", tensor->name, type));
    mapped.tensors.push_back(map_tensor(*tensor, estimator, quantizer, options.inverse));
  }
  write_safetensors(options.out, file);
  return mapped;
}

}  // namespace steq
