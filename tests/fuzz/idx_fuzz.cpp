// SPDX-License-Identifier: MIT
// IDX files, plain or gzip: images and labels.
#include "sim/data/idx_format.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace steq;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string file = fuzz::folder().write("idx", fuzz::text(data, size));
  fuzz::accept_or_refuse([&] { fuzz::require(!read_idx_labels(file).empty()); });
  fuzz::accept_or_refuse([&] {
    std::size_t product = 1;
    const IdxArray array = read_idx_images(file, {3, 4});
    for (const std::size_t dim : array.sizes) product *= dim;
    fuzz::require(product == array.bytes.size());
  });
  return 0;
}
