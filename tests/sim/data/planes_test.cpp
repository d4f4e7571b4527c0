// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/data/temporary_files.hpp"

using namespace steq;

TEST_CASE("points lie on their planes, at radii from 1 to 2", "[data]") {
  const DataSplits splits = test::load("planes", {{"theta", Value(30.0)}}, 1);
  const Dataset& data = splits.train;
  REQUIRE((data.size() == 880 && data.image == SampleShape{1, 1, 4} && splits.classes == 2));
  CHECK(splits.test.reals == data.reals);
  for (std::size_t i = 0; i < data.size(); ++i) {
    const double* x = &data.reals[4 * i];
    const double radius = std::sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3]);
    CHECK((radius > 1 - 1e-12 && radius < 2 + 1e-12));
    CHECK(data.labels[i] == (i < 440 ? 0 : 1));
    if (i < 440)
      CHECK((x[3] == 0 && std::abs(x[1] * std::cos(M_PI / 6) - x[2] * std::sin(M_PI / 6)) < 1e-12));
    else
      CHECK((x[0] == 0 && x[1] == 0));
  }
}
