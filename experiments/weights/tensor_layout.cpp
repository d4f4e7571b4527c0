// SPDX-License-Identifier: MIT
#include "experiments/weights/tensor_layout.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/errors.hpp"

namespace steq {
namespace {

constexpr std::size_t kLargestFilter = 11;  ///< height and width that filters have in practice

bool is_kernel(const std::string& name) {
  const std::string last = name.substr(name.find_last_of("./") + 1);
  return last == "kernel" || last == "kernel:0";
}

bool looks_like_height_width_first(const std::vector<std::size_t>& shape) {
  return shape.size() == 4 && shape[0] == shape[1] && shape[0] <= kLargestFilter &&
         std::max(shape[2], shape[3]) > kLargestFilter;
}

/// Null where the file has none.
const StoredTensor* bias_of(const StoredTensor& tensor, const TensorFile& file) {
  const std::string ending = ".weight";
  if (!tensor.name.ends_with(ending)) return nullptr;
  const std::string name = tensor.name.substr(0, tensor.name.size() - ending.size()) + ".bias";
  const auto found = std::ranges::find(file.tensors, name, &StoredTensor::name);
  return found != file.tensors.end() && found->shape.size() == 1 ? &*found : nullptr;
}

}  // namespace

void check_layout(const StoredTensor& tensor, const TensorFile& file, const std::string& place) {
  const auto refuse = [&](const std::string& why) {
    throw InputError(place,
                     fmt::format("has shape [{}], {}; allowed: [out, in, ...] as in PyTorch, or a quantizer whose "
                                 "range is given and does not depend on the number of inputs",
                                 fmt::join(tensor.shape, ", "), why));
  };
  if (is_kernel(tensor.name)) refuse("and kernels of Flax and Keras have their outputs last");
  if (const StoredTensor* bias = bias_of(tensor, file); bias && bias->shape[0] != tensor.shape[0])
    refuse(fmt::format("but {} has {} values, one for each output", bias->name, bias->shape[0]));
  if (looks_like_height_width_first(tensor.shape)) refuse("which looks like [height, width, in, out]");
}

}  // namespace steq
