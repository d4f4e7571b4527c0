// SPDX-License-Identifier: MIT
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/nn/load_image.hpp"
#include "tests/sim/data/temporary_files.hpp"

using namespace steq;
using test::counting;
using test::idx_bytes;

namespace {

/// An IDX file of real numbers.
template <class Number, class Word>
test::Bytes real_idx(std::uint8_t type, const std::vector<std::uint32_t>& sizes, const std::vector<Number>& numbers) {
  test::Bytes bytes{0, 0, type, static_cast<std::uint8_t>(sizes.size())};
  const auto add = [&](auto word) {
    for (std::size_t i = sizeof word; i-- > 0;) bytes.push_back(static_cast<std::uint8_t>(word >> (8 * i)));
  };
  for (const std::uint32_t size : sizes) add(size);
  for (const Number number : numbers) add(std::bit_cast<Word>(number));
  return bytes;
}

test::Bytes floats(const std::vector<std::uint32_t>& sizes, const std::vector<float>& numbers) {
  return real_idx<float, std::uint32_t>(0x0d, sizes, numbers);
}
test::Bytes doubles(const std::vector<std::uint32_t>& sizes, const std::vector<double>& numbers) {
  return real_idx<double, std::uint64_t>(0x0e, sizes, numbers);
}

}  // namespace

TEST_CASE("idx takes images of real numbers as they are") {
  const test::TemporaryDirectory directory;
  directory.write("train-images-idx3-ubyte", floats({2, 1, 2}, {-1.5F, 0.1F, 300, 2}));
  directory.write("train-labels-idx1-ubyte", idx_bytes({2}, {0, 1}));
  directory.write("t10k-images-idx3-double", doubles({1, 1, 2}, {0.1, -7}));
  directory.write("t10k-labels-idx1-ubyte", idx_bytes({1}, {1}));
  const DataSplits splits = test::load("idx", {{"path", Value(directory.path())}});
  CHECK(splits.train.reals == std::vector<double>{-1.5, double{0.1F}, 300, 2});
  CHECK(splits.test.reals == std::vector<double>{0.1, -7});
  CHECK(splits.train.pixels.empty());
  std::vector<float> seen(2);
  load_image<float>(splits.train, 1, View(), seen.data());
  CHECK(seen == std::vector<float>{300, 2});

  SECTION("limits and normalization know them") {
    DataSplits first = test::load("idx", {{"path", Value(directory.path())}, {"train_limit", Value(std::int64_t{1})}});
    CHECK(first.train.reals == std::vector<double>{-1.5, double{0.1F}});
    first.train.normalization = normalization_of(first.train);
    CHECK(first.train.normalization.mean[0] == Approx((-1.5 + 0.1) / 2).epsilon(1e-6));
    load_image<float>(first.train, 0, View(), seen.data());
    CHECK(seen[0] == Approx(-1));
    CHECK(seen[1] == Approx(1));
  }
  SECTION("what is not finite is refused") {
    const std::string file = directory.write("train-images-idx3-ubyte", floats({2, 1, 2}, {0, 1, std::nanf(""), 2}));
    const auto problems = test::problems_of([&] { test::load("idx", {{"path", Value(directory.path())}}); });
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].text == "pixel 0 of image 1 (both counted from 0) is nan; allowed: finite numbers");
  }
}

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
