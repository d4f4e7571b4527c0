// SPDX-License-Identifier: MIT
#pragma once

#include "sim/core/buffer.hpp"

namespace steq {

/// What a kernel keeps in scratch memory; one block each.
enum class Use { workspace, output, gradient };

/// At least `size` values, which all kernels of the calling thread share: nothing in them outlasts a call of a kernel.
template <class T>
T* scratch(Use use, std::size_t size) {
  thread_local Buffer<T> blocks[3];
  Buffer<T>& block = blocks[static_cast<std::size_t>(use)];
  if (block.size() < size) block = Buffer<T>(size);
  return block.data();
}

}  // namespace steq
