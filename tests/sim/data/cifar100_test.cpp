// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/sim/data/temporary_files.hpp"

using namespace steq;
using test::Bytes;

namespace {

/// Records of a coarse and a fine label.
Bytes cifar100_records(const std::vector<std::pair<std::uint8_t, std::uint8_t>>& labels) {
  Bytes bytes;
  for (const auto& [coarse, fine] : labels) {
    bytes.insert(bytes.end(), {coarse, fine});
    const Bytes pixels = test::counting(3072, fine);
    bytes.insert(bytes.end(), pixels.begin(), pixels.end());
  }
  return bytes;
}

DataSplits load(const std::string& path, const std::string& labels = "fine") {
  return test::load("cifar100", {{"path", Value(path)}, {"labels", Value(labels)}});
}

}  // namespace

TEST_CASE("CIFAR-100 has fine and coarse labels before the pixels", "[cifar100]") {
  const test::TemporaryDirectory directory;
  std::filesystem::create_directory(directory.path() + "/cifar-100-binary");
  directory.write("cifar-100-binary/train.bin", cifar100_records({{19, 99}, {3, 7}}));
  directory.write("cifar-100-binary/test.bin", cifar100_records({{0, 41}}));
  const DataSplits fine = load(directory.path()), coarse = load(directory.path(), "coarse");
  CHECK(fine.classes == 100);
  CHECK(fine.train.labels == Bytes{99, 7});
  CHECK(fine.test.labels == Bytes{41});
  CHECK(Bytes(fine.train.pixels.begin() + 3072, fine.train.pixels.end()) == test::counting(3072, 7));
  CHECK(coarse.classes == 20);
  CHECK(coarse.train.labels == Bytes{19, 3});
  CHECK(coarse.train.pixels == fine.train.pixels);
}

TEST_CASE("a record of CIFAR-100 has two labels, each in its range", "[cifar100]") {
  const test::TemporaryDirectory directory;
  directory.write("train.bin", Bytes(3073));
  directory.write("test.bin", cifar100_records({{20, 99}}));
  const auto problems = test::problems_of([&] { load(directory.path(), "coarse"); });
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].text ==
        "3073 bytes; allowed: a positive multiple of 3074, 2 labels and 3072 pixels for each image");
  CHECK(problems[1].text == "label 20 of image 0 (counted from 0); allowed: 0 to 19");
}

TEST_CASE("the files of CIFAR-100 that are missing are named", "[cifar100]") {
  const test::TemporaryDirectory directory;
  directory.write("meta", {0x80, 3});
  const auto problems = test::problems_of([&] { load(directory.path()); });
  REQUIRE(problems.size() == 1);
  CHECK_THAT(problems[0].text, Catch::StartsWith("files not found: train.bin, test.bin; the files there are the Python "
                                                 "version") &&
                                   Catch::Contains("cifar-100-binary.tar.gz"));
}
