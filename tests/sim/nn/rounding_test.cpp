// SPDX-License-Identifier: MIT
#include "sim/nn/rounding.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "tests/sim/nn/small_networks.hpp"

using namespace steq;
using test::Harness;

namespace {

constexpr SampleShape kShape{5, 3, 2};

/// Sums of `n` samples: in every pixel one of 3 (whose unit in the last place is 2^-22 in float), one of 0, and others.
template <class T>
std::vector<T> sums(std::size_t n) {
  std::vector<T> y;
  for (std::size_t p = 0; p < n * 6; ++p)
    for (const double value : {0.25, -3.0, 0.0, 1e-9, -2.5}) y.push_back(static_cast<T>(value));
  return y;
}

template <class T>
std::vector<T> moved(const Rounding& rounding, std::uint32_t layer, SampleRange samples) {
  std::vector<T> y = sums<T>(samples.n);
  round_otherwise<T>(rounding, {layer, samples, kShape, y.data()});
  return y;
}

/// How often a sum was moved by so many of `unit`.
template <class T>
std::map<double, std::size_t> moves(std::size_t n, double unit) {
  const std::vector<T> before = sums<T>(n), after = moved<T>({1, 2}, 3, {0, n});
  std::map<double, std::size_t> counts;
  for (std::size_t i = 0; i < before.size(); ++i)
    if (before[i] == 0) ++counts[static_cast<double>(after[i]) / unit];
  return counts;
}

}  // namespace

TEST_CASE("a sum moves by -1, 0 or 1 unit in the last place of the largest of its pixel", "[nn][rounding]") {
  for (const auto& counts : {moves<float>(1000, 0x1p-22), moves<double>(1000, 0x1p-51)}) {
    REQUIRE(counts.size() == 3);
    for (const double move : {-1.0, 0.0, 1.0}) {
      INFO(move);
      CHECK(static_cast<double>(counts.at(move)) / 6000 == Approx(1.0 / 3).margin(0.03));  // 5 standard errors
    }
  }
}

TEST_CASE("sums of which all are 0 are not moved", "[nn][rounding]") {
  std::vector<float> y(2 * kShape.size(), 0.0f);
  round_otherwise<float>({1, 2}, {3, {0, 2}, kShape, y.data()});
  CHECK(y == std::vector<float>(2 * kShape.size(), 0.0f));
}

TEST_CASE("moves are a pure function of seed, step, layer, sample and index", "[nn][rounding]") {
  const std::vector<float> all = moved<float>({1, 2}, 3, {4, 6});
  CHECK(moved<float>({1, 2}, 3, {4, 6}) == all);
  std::vector<float> in_parts = moved<float>({1, 2}, 3, {4, 1});
  for (const float y : moved<float>({1, 2}, 3, {5, 5})) in_parts.push_back(y);
  CHECK(in_parts == all);
  CHECK(moved<float>({2, 2}, 3, {4, 6}) != all);
  CHECK(moved<float>({1 + (std::uint64_t{1} << 32), 2}, 3, {4, 6}) != all);
  CHECK(moved<float>({1, 3}, 3, {4, 6}) != all);
  CHECK(moved<float>({1, 2}, 4, {4, 6}) != all);
  CHECK(moved<float>({1, 2}, 3, {5, 6}) != all);
}

TEST_CASE("a network rounds otherwise behind every layer of sums", "[nn][rounding]") {
  const auto logits = [](const ModelSpec& model, std::optional<Rounding> rounding) {
    Harness<double> harness(model, 4, 1, Fusions::none);
    harness.rounding = rounding;
    return harness.evaluate(test::random_dataset(model.input, 4, test::kClasses));
  };
  const ModelSpec dense{{6, 1, 1}, test::layers({"dense:name=a,out=3"})};
  const ModelSpec deep = test::between("conv2d:name=c,out=2,kernel=3");
  const auto changed = [&](const ModelSpec& model) {
    const std::vector<double> plain = logits(model, {}), other = logits(model, Rounding{1, 1});
    CHECK(test::difference(other, plain) < 1e-14);
    CHECK(logits(model, Rounding{1, 1}) == other);
    CHECK(logits(model, Rounding{1, 2}) != other);
    return other != plain;
  };
  CHECK(changed(dense));
  CHECK(changed(deep));
}

TEST_CASE("strips, threads and micro-batches round alike", "[nn][rounding]") {
  for (const test::SmallNetwork& network : test::small_networks()) {
    INFO(network.name);
    const Dataset data = test::random_dataset(network.model.input, 70, test::kClasses);
    const auto outcome = [&](int threads) {
      Harness<float> harness(network.model, 70, threads, Fusions::none);
      harness.rounding = {7, 3};
      std::vector<double> all{harness.train(data)};
      for (std::size_t t = 0; t < harness.weights.size(); ++t)
        for (const double g : harness.gradient(t)) all.push_back(g);
      for (const double logit : harness.evaluate(data)) all.push_back(logit);
      return all;
    };
    const std::vector<double> alone = outcome(1);
    for (const int threads : {2, 5}) CHECK((outcome(threads) == alone));
  }
}
