// SPDX-License-Identifier: MIT
#include "records/stored_weights.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "records/tensor_names.hpp"
#include "sim/core/errors.hpp"

namespace steq {

StoredWeights::StoredWeights(const std::string& path, const std::vector<std::string>& wanted)
    : file_(path), wanted_(wanted) {
  std::ranges::sort(wanted_);
  for (const TensorEntry& entry : file_.entries()) entries_.emplace(entry.name, entry);
  for (const TensorEntry& entry : file_.entries()) {
    const std::string name = unwrapped_name(entry.name);
    const bool renamed = name != entry.name && std::ranges::binary_search(wanted_, name);
    names_.push_back(renamed ? name : entry.name);
    if (!renamed) continue;
    if (!entries_.emplace(name, entry).second)
      throw InputError(path, fmt::format("tensor {}: there is another one of the name {}", entry.name, name));
    entries_.erase(entry.name);
    if (remarks_.empty())
      remarks_.push_back(fmt::format("{}: {} is read as {}, and others alike", path, entry.name, name));
  }
}

std::vector<std::size_t> StoredWeights::shape(const std::string& tensor) const {
  const auto found = entries_.find(tensor);
  return found == entries_.end() ? std::vector<std::size_t>() : found->second.shape;
}

std::optional<StoredTensor> StoredWeights::read(const std::string& name) {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return std::nullopt;
  StoredTensor tensor = file_.read(found->second);
  tensor.name = name;
  try {
    make_numbers(tensor, fmt::format("{}: tensor {}", file_.path(), name));
  } catch (const InputError& error) {
    if (std::ranges::binary_search(wanted_, name)) remarks_.push_back(std::string(error.what()) + "; it is left out");
    return std::nullopt;
  }
  return tensor;
}

}  // namespace steq
