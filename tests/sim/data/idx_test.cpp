// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/sim/data/temporary_files.hpp"

using namespace steq;
using test::counting;
using test::idx_bytes;

TEST_CASE("idx takes images of any size with channels, and counts the classes of the train labels") {
  const test::TemporaryDirectory directory;
  directory.write("train-images-idx3-ubyte", idx_bytes({3, 2, 5, 4}, counting(120)));
  directory.write("train-labels-idx1-ubyte", idx_bytes({3}, {0, 41, 7}));
  directory.write("t10k-images-idx3-ubyte", idx_bytes({1, 2, 5, 4}, counting(40)));
  directory.write("t10k-labels-idx1-ubyte", idx_bytes({1}, {12}));
  const DataSplits splits = test::load("idx", {{"path", Value(directory.path())}});
  CHECK(splits.train.image == SampleShape{2, 5, 4});
  CHECK(splits.train.pixels == counting(120));
  CHECK(splits.classes == 42);

  SECTION("a limit does not change the number of classes") {
    const DataSplits first =
        test::load("idx", {{"path", Value(directory.path())}, {"train_limit", Value(std::int64_t{1})}});
    CHECK(first.train.size() == 1);
    CHECK(first.train.pixels == counting(40));
    CHECK(first.classes == 42);
  }
  SECTION("a test label beyond them is refused") {
    const std::string file = directory.write("t10k-labels-idx1-ubyte", idx_bytes({1}, {42}));
    const auto problems = test::problems_of([&] { test::load("idx", {{"path", Value(directory.path())}}); });
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].place == file);
    CHECK_THAT(problems[0].text, Catch::Contains("label 42") && Catch::Contains("0 to 41"));
  }
}
