// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "tests/sim/data/temporary_files.hpp"

using namespace steq;
using test::counting;
using test::idx_bytes;

namespace {

void write_files(const test::TemporaryDirectory& directory, std::uint32_t side, std::uint8_t label) {
  directory.write("train-images-idx3-ubyte", idx_bytes({2, side, side}, counting(2 * side * side)));
  directory.write("train-labels-idx1-ubyte.gz", idx_bytes({2}, {0, label}));
  directory.write("t10k-images-idx3-ubyte.gz", idx_bytes({1, side, side}, counting(side * side, 7)));
  directory.write("t10k-labels-idx1-ubyte", idx_bytes({1}, {5}));
}

}  // namespace

TEST_CASE("mnist and fashion-mnist are ten classes of 28 x 28, plain and compressed files mixed") {
  const test::TemporaryDirectory directory;
  write_files(directory, 28, 9);
  for (const char* name : {"mnist", "fashion-mnist"}) {
    const DataSplits splits = test::load(name, {{"path", Value(directory.path())}});
    CHECK(splits.classes == 10);
    CHECK(splits.train.pixels == counting(2 * 28 * 28));
    CHECK(splits.test.pixels == counting(28 * 28, 7));
    CHECK(splits.files.size() == 4);
    CHECK(splits.files[2] == directory.path() + "/t10k-images-idx3-ubyte.gz");
  }
}

TEST_CASE("mnist and fashion-mnist refuse other sizes and an eleventh class, all in one message") {
  const test::TemporaryDirectory directory;
  write_files(directory, 27, 10);
  for (const char* name : {"mnist", "fashion-mnist"}) {
    const auto problems = test::problems_of([&] { test::load(name, {{"path", Value(directory.path())}}); });
    REQUIRE(problems.size() == 3);
    CHECK_THAT(problems[0].text, Catch::Contains("1 x 27 x 27") && Catch::Contains("1 x 28 x 28"));
    CHECK_THAT(problems[2].text, Catch::Contains("label 10 of image 1") && Catch::Contains("0 to 9"));
  }
}

TEST_CASE("the real MNIST database has its published counts") {
  const std::string path = test::shared_data("mnist");
  if (path.empty()) {
    WARN("skipped: no MNIST files beside the source tree");
    return;
  }
  const DataSplits splits = test::load("mnist", {{"path", Value(path)}, {"test_limit", Value(std::int64_t{9999})}});
  CHECK(splits.train.size() == 60000);
  CHECK(splits.test.size() == 9999);
  const auto ones = std::count(splits.train.labels.begin(), splits.train.labels.end(), 1);
  CHECK(ones == 6742);
  const double sum = std::accumulate(splits.train.pixels.begin(), splits.train.pixels.end(), 0.0);
  CHECK(sum / 255 / static_cast<double>(splits.train.pixels.size()) == Approx(0.1307).margin(0.00005));
}
