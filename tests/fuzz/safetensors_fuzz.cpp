// SPDX-License-Identifier: MIT
// Weights files: what is accepted is written and reads as the same.
#include "records/safetensors.hpp"

#include "records/files.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace steq;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string file = fuzz::folder().write("weights.safetensors", fuzz::text(data, size));
  fuzz::accept_or_refuse([&] {
    const TensorFile weights = read_safetensors(file);
    for (const StoredTensor& tensor : weights.tensors) fuzz::require(tensor.size() <= 8 * size);
    const std::string again = fuzz::folder().file("again.safetensors");
    write_safetensors(again, weights);
    const std::string bytes = read_file(again);
    write_safetensors(again, read_safetensors(again));
    fuzz::require(read_file(again) == bytes);
  });
  return 0;
}
