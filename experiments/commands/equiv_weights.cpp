// SPDX-License-Identifier: MIT
#include "experiments/commands/equiv_weights.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "experiments/commands/tensor_layout.hpp"
#include "records/tensor_names.hpp"
#include "theory/translation.hpp"

namespace steq {
namespace {

bool depends_on_fan_in(const Spec& quantizer) {
  const auto range = [&](std::size_t fan_in) {
    return quantizer_registry().make(quantizer, "--quantizer", TensorShape{fan_in})->grid().range;
  };
  return range(1) != range(4);
}

void check_out(const WeightsOptions& options) {
  std::error_code error;
  const std::filesystem::file_type type = std::filesystem::symlink_status(options.out, error).type();
  const bool there = type != std::filesystem::file_type::none && type != std::filesystem::file_type::not_found;
  if (there && std::filesystem::is_directory(options.out, error))
    throw InputError("--out", options.out + " is a directory; allowed: the name of a file");
  if (there && !options.force)
    throw InputError("--out", options.out + " exists; use --force to replace it, or another name");
}

bool holds_numbers(const StoredTensor& tensor) {
  const std::string type = tensor.dtype();
  return type == "F64" || type == "F32" || type == "F16" || type == "BF16";
}

bool looks_like_weights(const StoredTensor& tensor) {
  return tensor.shape.size() >= 2 && tensor.size() > 0 && tensor.name.ends_with(".weight");
}

/// The first few, for messages.
std::string names_text(const TensorFile& file) {
  constexpr std::size_t kMost = 20;
  std::vector<std::string> names;
  for (const StoredTensor& tensor : file.tensors)
    if (names.size() < kMost) names.push_back(tensor.name);
  const std::size_t more = file.tensors.size() - names.size();
  return join(names) + (more > 0 ? fmt::format(" and {} more", more) : "");
}

std::vector<std::string> names_of(const TensorFile& file) {
  std::vector<std::string> names;
  for (const StoredTensor& tensor : file.tensors) names.push_back(tensor.name);
  return names;
}

/// The tensor of that name, else the one that has it in a wrapper of PyTorch; null where there is none.
StoredTensor* tensor_named(TensorFile& file, const std::string& name) {
  auto found = std::ranges::find(file.tensors, name, &StoredTensor::name);
  if (found == file.tensors.end())
    found = std::ranges::find(file.tensors, name, [](const StoredTensor& t) { return unwrapped_name(t.name); });
  return found == file.tensors.end() ? nullptr : &*found;
}

std::vector<StoredTensor*> named(TensorFile& file, const WeightsOptions& options, std::vector<std::string>& notes) {
  std::vector<StoredTensor*> tensors;
  std::vector<Problem> problems;
  for (const std::string& name : options.tensors) {
    StoredTensor* tensor = tensor_named(file, name);
    if (!tensor)
      problems.push_back({"--tensors", fmt::format("{} has no tensor \"{}\"; allowed: {}{}", options.file, name,
                                                   names_text(file), suggestion(name, names_of(file)))});
    else if (std::ranges::find(tensors, tensor) == tensors.end())
      tensors.push_back(tensor);
    if (tensor && tensor->name != name) notes.push_back(fmt::format("{} is taken for {}", tensor->name, name));
  }
  throw_if_any(problems);
  return tensors;
}

std::vector<StoredTensor*> all_weights(TensorFile& file, const WeightsOptions& options,
                                       std::vector<std::string>& notes) {
  std::vector<StoredTensor*> tensors;
  for (StoredTensor& tensor : file.tensors)
    if (looks_like_weights(tensor) && holds_numbers(tensor))
      tensors.push_back(&tensor);
    else if (looks_like_weights(tensor))
      notes.push_back(fmt::format("{} holds numbers of type {}, and stays as it is", tensor.name, tensor.dtype()));
  if (tensors.empty())
    throw InputError(options.file,
                     "no tensor of at least 2 dimensions has a name that ends in .weight; give --tensors; "
                     "allowed: " +
                         names_text(file));
  return tensors;
}

void check_tensor(const StoredTensor& tensor, const std::string& place) {
  if (tensor.shape.size() < 2 || tensor.size() == 0)
    throw InputError(place, fmt::format("has shape [{}]; allowed: at least 2 dimensions and 1 weight",
                                        fmt::join(tensor.shape, ", ")));
  const std::vector<double> values = values_of(tensor, place);
  const auto broken = std::ranges::find_if_not(values, [](double w) { return std::isfinite(w); });
  if (broken != values.end())
    throw InputError(place, fmt::format("element {} is {}; allowed: finite numbers", broken - values.begin(), *broken));
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
  check_out(options);
  TensorFile file = read_safetensors(options.file);
  MappedWeights mapped{.tensors = Json::array(), .notes = {}};
  const std::vector<StoredTensor*> tensors =
      options.tensors.empty() ? all_weights(file, options, mapped.notes) : named(file, options, mapped.notes);
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
