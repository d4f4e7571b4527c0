// SPDX-License-Identifier: MIT
#include "experiments/commands/equiv_weights.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "records/safetensors.hpp"
#include "theory/translation.hpp"

namespace steq {
namespace {

void check_out(const WeightsOptions& options) {
  std::error_code error;
  const std::filesystem::file_type type = std::filesystem::symlink_status(options.out, error).type();
  const bool there = type != std::filesystem::file_type::none && type != std::filesystem::file_type::not_found;
  if (there && std::filesystem::is_directory(options.out, error))
    throw InputError("--out", options.out + " is a directory; allowed: the name of a file");
  if (there && !options.force)
    throw InputError("--out", options.out + " exists; use --force to replace it, or another name");
}

bool chosen_by_itself(const StoredTensor& tensor) {
  return tensor.shape.size() >= 2 && tensor.name.ends_with(".weight");
}

std::vector<StoredTensor*> chosen(TensorFile& file, const WeightsOptions& options) {
  std::vector<StoredTensor*> tensors;
  std::vector<std::string> names;
  for (StoredTensor& tensor : file.tensors) {
    names.push_back(tensor.name);
    const auto named = std::find(options.tensors.begin(), options.tensors.end(), tensor.name);
    if (options.tensors.empty() ? chosen_by_itself(tensor) : named != options.tensors.end()) tensors.push_back(&tensor);
  }
  std::vector<Problem> problems;
  for (const std::string& name : options.tensors)
    if (std::find(names.begin(), names.end(), name) == names.end())
      problems.push_back({"--tensors", fmt::format("{} has no tensor \"{}\"; allowed: {}{}", options.file, name,
                                                   join(names), suggestion(name, names))});
  if (options.tensors.empty() && tensors.empty())
    problems.push_back({options.file,
                        "no tensor of at least 2 dimensions has a name that ends in .weight; give "
                        "--tensors; allowed: " +
                            join(names)});
  throw_if_any(problems);
  return tensors;
}

void check_tensor(const StoredTensor& tensor, const std::string& place) {
  if (tensor.shape.size() < 2 || tensor.size() == 0)
    throw InputError(place, fmt::format("has shape [{}]; allowed: at least 2 dimensions and 1 weight",
                                        fmt::join(tensor.shape, ", ")));
  std::visit(
      [&](const auto& data) {
        const auto broken = std::find_if_not(data.begin(), data.end(), [](auto w) { return std::isfinite(w); });
        if (broken != data.end())
          throw InputError(place,
                           fmt::format("element {} is {}; allowed: finite numbers", broken - data.begin(), *broken));
      },
      tensor.data);
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

/// Returns alpha.
template <class T>
double map_values(std::vector<T>& values, const Spec& estimator, const Grid& grid, bool inverse) {
  require_rescaling<T>(estimator, grid);
  const Spec ste{"ste", {}};
  const Translation translation(inverse ? ste : estimator, inverse ? estimator : ste, grid);
  for (T& w : values) w = static_cast<T>(translation.map<T>(static_cast<double>(w)));
  return inverse ? 1 / translation.rate_factor() : translation.rate_factor();
}

Json map_tensor(StoredTensor& tensor, const Spec& estimator, const Spec& quantizer, bool inverse) {
  const Grid grid = quantizer_registry().make(quantizer, "--quantizer", tensor.size() / tensor.shape[0])->grid();
  const double alpha =
      std::visit([&](auto& values) { return map_values(values, estimator, grid, inverse); }, tensor.data);
  return {{"name", tensor.name}, {"range", grid.range}, {"alpha", alpha}};
}

}  // namespace

Json map_weights(const Spec& estimator, const Spec& quantizer, const WeightsOptions& options) {
  check_out(options);
  TensorFile file = read_safetensors(options.file);
  const std::vector<StoredTensor*> tensors = chosen(file, options);
  std::vector<Problem> problems;
  for (const StoredTensor* tensor : tensors)
    collect(problems, [&] { check_tensor(*tensor, options.file + ": tensor " + tensor->name); });
  throw_if_any(problems);
  Json mapped = Json::array();
  for (StoredTensor* tensor : tensors) mapped.push_back(map_tensor(*tensor, estimator, quantizer, options.inverse));
  write_safetensors(options.out, file);
  return mapped;
}

}  // namespace steq
