// SPDX-License-Identifier: MIT
#include "sim/data/normalization.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/data/temporary_files.hpp"

using namespace steq;

namespace {

Dataset images() {
  return {.image = {2, 3, 1}, .pixels = {0, 255, 30, 1, 1, 1, 10, 20, 30, 1, 2, 250}, .labels = {0, 1}};
}

}  // namespace

TEST_CASE("mean and population standard deviation of each channel, of pixels / 255", "[normalization]") {
  const Dataset data = images();
  const Normalization n = normalization_of(data);
  REQUIRE(n.mean.size() == 2);
  for (std::size_t c = 0; c < 2; ++c) {
    double sum = 0, squares = 0;
    for (std::size_t image = 0; image < 2; ++image)
      for (std::size_t i = 0; i < 3; ++i) {
        const double x = data.pixels[image * 6 + c * 3 + i] / 255.0;
        sum += x, squares += x * x;
      }
    CHECK(n.mean[c] == Approx(sum / 6).epsilon(1e-14));
    CHECK(n.deviation[c] == Approx(std::sqrt(squares / 6 - sum / 6 * sum / 6)).epsilon(1e-13));
  }
}

TEST_CASE("a channel without differences is refused", "[normalization]") {
  Dataset data = images();
  for (const std::size_t i : {3, 4, 5, 9, 10, 11}) data.pixels[i] = 7;
  const auto problems = test::problems_of([&] { normalization_of(data); });
  REQUIRE(problems.size() == 1);
  CHECK_THAT(problems[0].text, Catch::Contains("every pixel of channel 1 is 7"));
}

TEST_CASE("pixels are counted by value", "[normalization]") {
  const auto counts = pixel_counts(images(), 1);
  REQUIRE(counts.size() == 256);
  CHECK((counts[1] == 4 && counts[2] == 1 && counts[250] == 1 && counts[0] == 0));
}

TEST_CASE("real MNIST has the numbers that everybody writes", "[normalization]") {
  const std::string path = test::shared_data("mnist");
  if (path.empty()) {
    WARN("skipped: no MNIST files beside the source tree");
    return;
  }
  const Normalization n = normalization_of(test::load("mnist", {{"path", Value(path)}}).train);
  CHECK(n.mean[0] == Approx(0.1307).margin(0.00005));
  CHECK(n.deviation[0] == Approx(0.3081).margin(0.00005));
}
