// SPDX-License-Identifier: MIT
#include "experiments/weights/chosen_tensors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "records/tensor_names.hpp"
#include "sim/core/errors.hpp"
#include "sim/core/notation.hpp"

namespace steq {
namespace {

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

std::vector<StoredTensor*> named(TensorFile& file, const std::string& path, const std::vector<std::string>& names,
                                 std::vector<std::string>& notes) {
  std::vector<StoredTensor*> tensors;
  std::vector<Problem> problems;
  for (const std::string& name : names) {
    StoredTensor* tensor = tensor_named(file, name);
    if (!tensor)
      problems.push_back({"--tensors", fmt::format("{} has no tensor \"{}\"; allowed: {}{}", path, name,
                                                   names_text(file), suggestion(name, names_of(file)))});
    else if (std::ranges::find(tensors, tensor) == tensors.end())
      tensors.push_back(tensor);
    if (tensor && tensor->name != name) notes.push_back(fmt::format("{} is taken for {}", tensor->name, name));
  }
  throw_if_any(problems);
  return tensors;
}

std::vector<StoredTensor*> all_weights(TensorFile& file, const std::string& path, std::vector<std::string>& notes) {
  std::vector<StoredTensor*> tensors;
  for (StoredTensor& tensor : file.tensors)
    if (looks_like_weights(tensor) && holds_numbers(tensor))
      tensors.push_back(&tensor);
    else if (looks_like_weights(tensor))
      notes.push_back(fmt::format("{} holds numbers of type {}, and stays as it is", tensor.name, tensor.dtype()));
  if (tensors.empty())
    throw InputError(path,
                     "no tensor of at least 2 dimensions has a name that ends in .weight; give --tensors; "
                     "allowed: " +
                         names_text(file));
  return tensors;
}

}  // namespace

void require_free(const std::string& out, bool force, const std::string& option) {
  std::error_code error;
  const std::filesystem::file_type type = std::filesystem::symlink_status(out, error).type();
  const bool there = type != std::filesystem::file_type::none && type != std::filesystem::file_type::not_found;
  if (there && std::filesystem::is_directory(out, error))
    throw InputError(option, out + " is a directory; allowed: the name of a file");
  const std::filesystem::path parent = std::filesystem::path(out).parent_path();
  if (!there && !parent.empty() && !std::filesystem::is_directory(parent, error))
    throw InputError(option,
                     fmt::format("there is no directory {}; allowed: a file in one that exists", parent.string()));
  if (there && !force) throw InputError(option, out + " exists; use --force to replace it, or another name");
}

std::vector<StoredTensor*> chosen_tensors(TensorFile& file, const std::string& path,
                                          const std::vector<std::string>& names, std::vector<std::string>& notes) {
  return names.empty() ? all_weights(file, path, notes) : named(file, path, names, notes);
}

void require_finite(const StoredTensor& tensor, const std::string& place, double least) {
  const auto check = [&](const auto& values) {
    const auto broken = std::ranges::find_if_not(values, [&](auto w) { return std::isfinite(w) && w >= least; });
    if (broken == values.end()) return;
    const std::string limit = least > -kInfinity ? fmt::format(" of at least {}", least) : "";
    throw InputError(
        place, fmt::format("element {} is {}; allowed: finite numbers{}", broken - values.begin(), *broken, limit));
  };
  if (const auto* doubles = std::get_if<std::vector<double>>(&tensor.data)) check(*doubles);
  if (const auto* floats = std::get_if<std::vector<float>>(&tensor.data)) check(*floats);
}

}  // namespace steq
