// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/sim/data/temporary_files.hpp"

using namespace steq;

TEST_CASE("the datasets have the names that configs use") {
  CHECK(dataset_registry().names() ==
        std::vector<std::string>{"mnist", "fashion-mnist", "idx", "cifar10", "cifar100", "synthetic-digits", "planes"});
}

TEST_CASE("each dataset has a file of its own, a summary and the limits") {
  for (const auto& entry : dataset_registry().entries()) {
    INFO(entry.info.name);
    std::string file = entry.info.name;
    std::replace(file.begin(), file.end(), '-', '_');
    CHECK(std::filesystem::exists(STEQ_SOURCE_DIR "/sim/data/" + file + ".cpp"));
    CHECK_FALSE(entry.info.summary.empty());
    for (const char* limit : {"train_limit", "test_limit"}) {
      const auto& declared = entry.info.parameters;
      CHECK(std::any_of(declared.begin(), declared.end(), [&](const auto& info) { return info.name == limit; }));
    }
  }
}

TEST_CASE("datasets with files need a path") {
  for (const char* name : {"mnist", "fashion-mnist", "idx", "cifar10", "cifar100"}) {
    const auto problems = test::problems_of([&] { test::load(name, {}); });
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].place == "data.path");
  }
}

TEST_CASE("a missing file says where users get it, and that one dataset needs none") {
  const test::TemporaryDirectory directory;
  const auto message = [&](const std::string& name) {
    const auto problems = test::problems_of([&] { test::load(name, {{"path", Value(directory.path())}}); });
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].place == directory.path());
    CHECK_THAT(problems[0].text, Catch::Contains("dataset synthetic-digits needs no files"));
    return problems[0].text;
  };
  CHECK_THAT(message("mnist"), Catch::Contains("the MNIST database of handwritten digits, yann.lecun.com/exdb/mnist"));
  CHECK_THAT(message("fashion-mnist"), Catch::Contains("github.com/zalandoresearch/fashion-mnist"));
  CHECK_THAT(message("idx"), Catch::Contains("t10k-images-idx3-ubyte") && Catch::Contains("t10k-labels-idx1-ubyte") &&
                                 Catch::Contains("train-images-idx3-ubyte") && Catch::Contains(".gz"));
  CHECK_THAT(message("cifar10"), Catch::Contains("cs.toronto.edu/~kriz/cifar.html, binary version") &&
                                     Catch::Contains("data_batch_1.bin") && Catch::Contains("test_batch.bin"));
}
