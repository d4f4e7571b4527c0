// SPDX-License-Identifier: MIT
#include "sim/data/cifar_format.hpp"
#include "sim/data/data_files.hpp"

namespace steq::datasets {
namespace {

const CifarRules kRules{
    .train = {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"},
    .test = {"test_batch.bin"},
    .folder = "cifar-10-batches-bin",
    .python = {"data_batch_1", "cifar-10-batches-py/data_batch_1"},
    .archive = "cifar-10-binary.tar.gz",
    .classes = 10};

}  // namespace

DatasetRegistry::Entry cifar10() {
  return {
      {.name = "cifar10",
       .summary = "Photographs: 50000 train and 10000 test images of 3 x 32 x 32, 10 classes; the train batches that "
                  "are there are used.",
       .formula = "",
       .citation = "Krizhevsky, Learning multiple layers of features from tiny images (2009)",
       .parameters = file_parameters(),
       .aliases = {{"cifar"}}},
      [](const Parameters& p, std::uint64_t) {
        DataSplits splits = read_cifar(p.text("path"), kRules);
        apply_limits(splits, p);
        return splits;
      }};
}

}  // namespace steq::datasets
