// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/data/temporary_files.hpp"

using namespace steq;
using test::Bytes;

namespace {

Bytes cifar10_records(const Bytes& labels) {
  Bytes bytes;
  for (const std::uint8_t label : labels) {
    bytes.push_back(label);
    const Bytes pixels = test::counting(3072, label);
    bytes.insert(bytes.end(), pixels.begin(), pixels.end());
  }
  return bytes;
}

DataSplits load(const test::TemporaryDirectory& directory) {
  return test::load("cifar10", {{"path", Value(directory.path())}});
}

}  // namespace

TEST_CASE("the train batches that are there are read in order, plain or compressed") {
  const test::TemporaryDirectory directory;
  directory.write("data_batch_4.bin", cifar10_records({7}));
  directory.write("data_batch_1.bin.gz", cifar10_records({1, 9}));
  directory.write("test_batch.bin", cifar10_records({0}));
  const DataSplits splits = load(directory);
  CHECK(splits.train.image == SampleShape{3, 32, 32});
  CHECK(splits.train.labels == Bytes{1, 9, 7});
  REQUIRE(splits.train.pixels.size() == 3 * 3072);
  CHECK(Bytes(splits.train.pixels.begin() + 3072, splits.train.pixels.begin() + 6144) == test::counting(3072, 9));
  CHECK(splits.test.labels == Bytes{0});
  CHECK(splits.classes == 10);
  CHECK(splits.files == std::vector<std::string>{directory.path() + "/data_batch_1.bin.gz",
                                                 directory.path() + "/data_batch_4.bin",
                                                 directory.path() + "/test_batch.bin"});
}

TEST_CASE("a size that is no multiple of a record, and a label above 9, are refused together") {
  const test::TemporaryDirectory directory;
  Bytes cut = cifar10_records({1, 2});
  cut.pop_back();
  directory.write("data_batch_1.bin", cut);
  directory.write("data_batch_2.bin", cifar10_records({3, 10}));
  directory.write("test_batch.bin", {});
  const auto problems = test::problems_of([&] { load(directory); });
  REQUIRE(problems.size() == 3);
  CHECK(problems[0].place == directory.path() + "/data_batch_1.bin");
  CHECK_THAT(problems[0].text, Catch::StartsWith("6145 bytes") && Catch::Contains("multiple of 3073"));
  CHECK(problems[1].text == "label 10 of image 1 (counted from 0); allowed: 0 to 9");
  CHECK_THAT(problems[2].text, Catch::StartsWith("0 bytes"));
}

TEST_CASE("without train batches or without test batch the missing ones are named") {
  const test::TemporaryDirectory directory;
  directory.write("data_batch_2.bin", cifar10_records({1}));
  auto problems = test::problems_of([&] { load(directory); });
  REQUIRE(problems.size() == 1);
  CHECK_THAT(problems[0].text, Catch::StartsWith("files not found: test_batch.bin"));
  std::filesystem::rename(directory.path() + "/data_batch_2.bin", directory.path() + "/test_batch.bin");
  problems = test::problems_of([&] { load(directory); });
  REQUIRE(problems.size() == 1);
  CHECK_THAT(problems[0].text, Catch::Contains("data_batch_1.bin to data_batch_5.bin"));
}

TEST_CASE("the batches are found below the directory, and missing ones are remarked on") {
  const test::TemporaryDirectory directory;
  std::filesystem::create_directory(directory.path() + "/cifar-10-batches-bin");
  directory.write("cifar-10-batches-bin/data_batch_1.bin", cifar10_records({1}));
  directory.write("cifar-10-batches-bin/data_batch_3.bin", cifar10_records({1}));
  directory.write("cifar-10-batches-bin/test_batch.bin", cifar10_records({0}));
  const DataSplits splits = load(directory);
  CHECK(splits.files[0] == directory.path() + "/cifar-10-batches-bin/data_batch_1.bin");
  CHECK(splits.remarks ==
        std::vector<std::string>{"2 of 5 train files are there; missing: data_batch_2.bin, data_batch_4.bin, "
                                 "data_batch_5.bin"});
}

TEST_CASE("the Python version is named as such, and which one to get") {
  const test::TemporaryDirectory directory;
  std::filesystem::create_directory(directory.path() + "/cifar-10-batches-py");
  directory.write("cifar-10-batches-py/data_batch_1", {0x80, 4});
  auto problems = test::problems_of([&] { load(directory); });
  REQUIRE(problems.size() == 1);
  CHECK_THAT(problems[0].text, Catch::Contains("the Python version, pickles") &&
                                   Catch::Contains("the binary version, cifar-10-binary.tar.gz"));
  directory.write("data_batch_1.bin", [] {
    Bytes pickle(3073);
    pickle[0] = 0x80, pickle[1] = 4;
    return pickle;
  }());
  directory.write("test_batch.bin", cifar10_records({0}));
  problems = test::problems_of([&] { load(directory); });
  REQUIRE(problems.size() == 1);
  CHECK_THAT(problems[0].text, Catch::Contains("is a Python pickle"));
}

TEST_CASE("real CIFAR-10 batches have all ten classes about equally often") {
  const std::string path = test::shared_data("cifar10-subset");
  if (path.empty()) {
    WARN("skipped: no CIFAR-10 files beside the source tree");
    return;
  }
  const DataSplits splits = test::load("cifar10", {{"path", Value(path)}});
  CHECK(splits.train.size() % 10000 == 0);
  for (int label = 0; label < 10; ++label) {
    const auto count = std::count(splits.train.labels.begin(), splits.train.labels.end(), label);
    CHECK(static_cast<double>(count) / static_cast<double>(splits.train.size()) == Approx(0.1).margin(0.01));
  }
}
