// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/data/temporary_files.hpp"

using namespace steq;
using test::Bytes;

namespace {

DataSplits drawn(std::int64_t train, std::int64_t test, std::uint64_t seed) {
  return test::load("synthetic-digits", {{"train_size", Value(train)}, {"test_size", Value(test)}}, seed);
}

Bytes image(const Dataset& data, std::size_t i) {
  const auto first = data.pixels.begin() + static_cast<std::ptrdiff_t>(784 * i);
  return Bytes(first, first + 784);
}

/// Softmax regression, trained by plain gradient descent, one image at a time.
class Linear {
 public:
  void train(const Dataset& data, int epochs, double rate) {
    for (int epoch = 0; epoch < epochs; ++epoch)
      for (std::size_t i = 0; i < data.size(); ++i) step(data, (i * 7919) % data.size(), rate);
  }

  double accuracy(const Dataset& data) const {
    std::size_t right = 0;
    for (std::size_t i = 0; i < data.size(); ++i) {
      const auto scores = of(data, i);
      right += std::max_element(scores.begin(), scores.end()) - scores.begin() == data.labels[i];
    }
    return static_cast<double>(right) / static_cast<double>(data.size());
  }

 private:
  using Scores = std::array<float, 10>;

  Scores of(const Dataset& data, std::size_t i) const {
    Scores scores = bias_;
    for (std::size_t p = 0; p < 784; ++p)
      for (std::size_t c = 0; c < 10; ++c)
        scores[c] += weights_[p][c] * static_cast<float>(data.pixels[784 * i + p]) / 255;
    return scores;
  }

  void step(const Dataset& data, std::size_t i, double rate) {
    Scores error = of(data, i);
    float sum = 0;
    for (float& e : error) sum += e = std::exp(e);
    for (float& e : error) e *= static_cast<float>(rate) / sum;
    error[data.labels[i]] -= static_cast<float>(rate);
    for (std::size_t c = 0; c < 10; ++c) bias_[c] -= error[c];
    for (std::size_t p = 0; p < 784; ++p)
      for (std::size_t c = 0; c < 10; ++c)
        weights_[p][c] -= error[c] * static_cast<float>(data.pixels[784 * i + p]) / 255;
  }

  std::array<Scores, 784> weights_{};
  Scores bias_{};
};

}  // namespace

TEST_CASE("the default sizes and shapes of synthetic digits") {
  const DataSplits splits = test::load("synthetic-digits", {{"train_limit", Value(std::int64_t{5000})}});
  CHECK(splits.train.size() == 5000);
  CHECK(splits.test.size() == 1000);
  CHECK(splits.train.image == SampleShape{1, 28, 28});
  CHECK(splits.train.pixels.size() == 5000 * 784);
  CHECK(splits.classes == 10);
  CHECK(splits.files.empty());
  for (int label = 0; label < 10; ++label)
    CHECK(std::count(splits.train.labels.begin(), splits.train.labels.end(), label) == 500);
}

TEST_CASE("an image depends on the seed, the split and its index, and on nothing else") {
  const DataSplits few = drawn(20, 20, 5), many = drawn(50, 30, 5), other = drawn(20, 20, 5 + (std::uint64_t{1} << 32));
  CHECK(drawn(20, 20, 5).train.pixels == few.train.pixels);
  for (std::size_t i = 0; i < 20; ++i) {
    CHECK(image(few.train, i) == image(many.train, i));
    CHECK(image(few.test, i) == image(many.test, i));
    CHECK(image(few.train, i) != image(few.test, i));
    CHECK(image(few.train, i) != image(other.train, i));
  }
  CHECK(image(few.train, 0) != image(few.train, 10));
}

TEST_CASE("the pixels are the same on every machine") {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  for (const std::uint8_t pixel : drawn(1000, 1, 1).train.pixels) hash = (hash ^ pixel) * 0x100000001b3;
  CHECK(hash == 0xe58f1ca5afa46b0f);
}

TEST_CASE("digits are bright on dark and lie in the image") {
  const DataSplits splits = drawn(500, 1, 2);
  double border = 0, centre = 0;
  for (std::size_t i = 0; i < splits.train.size(); ++i) {
    const Bytes pixels = image(splits.train, i);
    CHECK(*std::max_element(pixels.begin(), pixels.end()) > 150);
    CHECK(std::count_if(pixels.begin(), pixels.end(), [](auto pixel) { return pixel < 64; }) > 784 / 2);
    for (std::size_t k = 0; k < 28; ++k) border += pixels[k] + pixels[27 * 28 + k];
    for (std::size_t k = 0; k < 28; ++k) centre += pixels[13 * 28 + k] + pixels[14 * 28 + k];
  }
  CHECK(centre > 4 * border);
}

TEST_CASE("a linear classifier learns something, but far from everything", "[slow]") {
  const DataSplits splits = test::load("synthetic-digits", {});
  Linear linear;
  linear.train(splits.train, 10, 0.01);
  linear.train(splits.train, 5, 0.002);
  const double accuracy = linear.accuracy(splits.test);
  CHECK(accuracy > 0.65);
  CHECK(accuracy < 0.87);
}

TEST_CASE("sizes outside their range are refused") {
  for (const std::int64_t size : {std::int64_t{0}, std::int64_t{1'000'001}})
    CHECK_THROWS_AS(drawn(size, 10, 1), InputError);
  const auto problems = test::problems_of([] {
    test::load("synthetic-digits", {{"train_size", Value(std::int64_t{10})}, {"train_limit", Value(std::int64_t{11})}});
  });
  REQUIRE(problems.size() == 1);
  CHECK_THAT(problems[0].text, Catch::Contains("10 train images"));
}
