// SPDX-License-Identifier: MIT
#include "sim/data/cifar_format.hpp"
#include "sim/data/data_files.hpp"

namespace steq::datasets {
namespace {

CifarRules rules(bool fine) {
  return {.train = {"train.bin"},
          .test = {"test.bin"},
          .folder = "cifar-100-binary",
          .python = {"meta", "cifar-100-python/meta"},
          .archive = "cifar-100-binary.tar.gz",
          .label_bytes = 2,
          .label = fine ? 1u : 0u,
          .classes = fine ? 100u : 20u};
}

std::vector<ParameterInfo> cifar100_parameters() {
  std::vector<ParameterInfo> declared = file_parameters();
  declared.push_back({.name = "labels",
                      .kind = Kind::text,
                      .fallback = Value("fine"),
                      .meaning = "which classes: 100 fine ones or 20 coarse ones",
                      .words = {"fine", "coarse"}});
  return declared;
}

}  // namespace

DatasetRegistry::Entry cifar100() {
  return {{.name = "cifar100",
           .summary = "Photographs: 50000 train and 10000 test images of 3 x 32 x 32, 100 fine or 20 coarse classes.",
           .formula = "",
           .citation = "Krizhevsky, Learning multiple layers of features from tiny images (2009)",
           .parameters = cifar100_parameters()},
          [](const Parameters& p, std::uint64_t) {
            DataSplits splits = read_cifar(p.text("path"), rules(p.text("labels") == "fine"));
            apply_limits(splits, p);
            return splits;
          }};
}

}  // namespace steq::datasets
