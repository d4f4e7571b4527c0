// SPDX-License-Identifier: MIT
#include "records/hdf5_heaps.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "sim/core/errors.hpp"

namespace steq {
namespace {

/// Signature, version and zeros; bytes of the names; where the free ones begin; where all begin.
struct Heap {
  std::array<char, 8> head;
  std::uint64_t size, free, place;
};

constexpr std::array<char, 8> kHeapHead{'H', 'E', 'A', 'P', 0, 0, 0, 0};

}  // namespace

void check_hdf5_heaps(const std::string& path) {
  std::error_code error;
  const std::uint64_t end = std::filesystem::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || !file) return;  // the library says why
  std::array<char, 1 << 16> block;
  constexpr std::size_t kStep = block.size() - sizeof(Heap) + 8;  // blocks overlap; heaps begin at multiples of 8
  for (std::uint64_t first = 0; first + sizeof(Heap) <= end; first += kStep) {
    file.clear();
    file.seekg(static_cast<std::streamoff>(first));
    file.read(block.data(), block.size());
    const auto count = static_cast<std::size_t>(file.gcount());
    for (std::size_t i = 0; i + sizeof(Heap) <= count; i += 8) {
      if (std::memcmp(block.data() + i, kHeapHead.data(), kHeapHead.size()) != 0) continue;
      Heap heap;
      std::memcpy(&heap, block.data() + i, sizeof heap);
      if (heap.place > end || heap.size > end - heap.place)
        throw InputError(path,
                         fmt::format("damaged: the names at byte {} are said to lie outside of the file", first + i));
    }
  }
}

}  // namespace steq
