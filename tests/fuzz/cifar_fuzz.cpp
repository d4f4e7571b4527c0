// SPDX-License-Identifier: MIT
// A CIFAR-10 batch, plain or gzip, as train and test file.
#include "sim/data/dataset.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace steq;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const char* name : {"data_batch_1.bin", "test_batch.bin"}) fuzz::folder().write(name, fuzz::text(data, size));
  fuzz::accept_or_refuse([&] {
    const Spec spec{"cifar10", {{"path", fuzz::folder().path().string()}}};
    const DataSplits splits = dataset_registry().make(spec, "data", std::uint64_t{1});
    fuzz::require(splits.train.pixels.size() == splits.train.size() * 3072 &&
                  splits.test.labels == splits.train.labels);
  });
  return 0;
}
