// SPDX-License-Identifier: MIT
// Codebooks on a line against their worked examples, and against slow versions that look at every weight.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>

#include "sim/codebooks/best_scale.hpp"
#include "sim/codebooks/binary_basis.hpp"
#include "sim/codebooks/huffman.hpp"
#include "sim/codebooks/kmeans_centres.hpp"
#include "sim/codebooks/shared_counts.hpp"

using namespace steq;

namespace {

const std::vector<double> kSurvey{0.9, -0.6, 0.1, -0.3, 0.5, -0.05, 0.7, -0.8};
const std::vector<double> kCurvature{1, 2, 0.5, 1, 4, 1, 1, 0.5};

void check_all_near(const std::vector<double>& found, const std::vector<double>& wanted, double margin) {
  REQUIRE(found.size() == wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) CHECK(found[i] == Approx(wanted[i]).margin(margin));
}

std::size_t nearest_of(double w, const std::vector<double>& centres) {
  std::size_t best = 0;
  for (std::size_t c = 1; c < centres.size(); ++c)
    if (std::abs(w - centres[c]) < std::abs(w - centres[best])) best = c;
  return best;
}

/// Every value asks every centre; `rounds` times.
std::vector<double> slow_kmeans(const std::vector<double>& w, const std::vector<double>& h, std::vector<double> centres,
                                int rounds) {
  for (int round = 0; round < rounds; ++round) {
    std::vector<double> sums(centres.size()), weights(centres.size());
    for (std::size_t i = 0; i < w.size(); ++i) {
      const std::size_t c = nearest_of(w[i], centres);
      sums[c] += h[i] * w[i], weights[c] += h[i];
    }
    for (std::size_t c = 0; c < centres.size(); ++c)
      if (weights[c] > 0) centres[c] = sums[c] / weights[c];
  }
  return centres;
}

std::vector<double> normal_weights(std::size_t n) {
  std::mt19937 random(7);
  std::normal_distribution<double> normal(0, 0.05);
  std::vector<double> w(n);
  std::ranges::generate(w, [&] { return normal(random); });
  return w;
}

}  // namespace

TEST_CASE("k-means of the worked example, plain and weighted by curvature", "[codebooks]") {
  const SortedValues<double> plain(kSurvey), weighted(kSurvey, kCurvature);
  check_all_near(kmeans_centres(plain, {-0.6, 0, 0.6}), {-0.566667, 0.025, 0.7}, 5e-7);
  check_all_near(kmeans_centres(weighted, {-0.6, 0, 0.6}), {-0.542857, 0, 0.6}, 5e-7);
  check_all_near(equidistant_centres(plain, 3), {-0.8, 0.05, 0.9}, 1e-15);
  const std::vector<double> same{2, 2, 2};
  CHECK(kmeans_centres(SortedValues<double>(same), {2, 2, 2}) == std::vector<double>{2, 2, 2});
  CHECK(kmeans_centres(SortedValues<double>(kSurvey), {-0.6, 0, 5}).back() == 5);  // empty: it keeps its centre
}

TEST_CASE("sums of neighbours are those of every value", "[codebooks]") {
  const std::vector<double> w = normal_weights(5000);
  std::vector<double> h(w.size());
  for (std::size_t i = 0; i < h.size(); ++i) h[i] = std::abs(w[(i * 17) % w.size()]);
  std::vector<double> shuffled(w), ordered(w);
  std::ranges::sort(ordered);
  const SortedValues<double> values(w), weighted(w, h);
  for (const auto& [first, last] :
       std::vector<std::pair<std::size_t, std::size_t>>{{0, 5000}, {3, 4}, {255, 3000}, {7, 7}}) {
    double sum = 0;
    for (std::size_t i = first; i < last; ++i) sum += ordered[i];
    CHECK(values.between(first, last).value == Approx(sum).margin(1e-12));
    CHECK(values.between(first, last).weight == static_cast<double>(last - first));
  }
  const std::vector<double> start = equidistant_centres(values, 16);
  check_all_near(kmeans_centres(values, start), slow_kmeans(w, std::vector<double>(w.size(), 1), start, 2000), 1e-12);
  check_all_near(kmeans_centres(weighted, start), slow_kmeans(w, h, start, 2000), 1e-12);
  std::ranges::reverse(shuffled);
  CHECK(kmeans_centres(SortedValues<double>(shuffled), start) == kmeans_centres(values, start));
}

TEST_CASE("the basis of LQ-Nets is that of least squares", "[codebooks]") {
  const SortedValues<double> values(kSurvey);
  check_all_near(next_basis(values, {0.3, 0.6}), {0.25625, 0.49375}, 1e-12);
  std::vector<std::size_t> codes;
  for (const double w : kSurvey)
    codes.push_back(basis_levels({0.3, 0.6})[nearest_of(w, basis_values({0.3, 0.6}))].code);
  CHECK(codes == std::vector<std::size_t>{3, 0, 2, 1, 2, 1, 3, 0});
  check_all_near(first_basis(0.9, 2), {0.3, 0.6}, 1e-15);
  check_all_near(basis_values({0.3, 0.6}), {-0.9, -0.3, 0.3, 0.9}, 1e-15);
  const std::vector<double> best = best_basis(values, {0.3, 0.6});
  check_all_near(next_basis(values, best), best, 1e-15);
}

TEST_CASE("codes and scale of ADMM's projection agree with each other", "[codebooks]") {
  const double a = best_scale(SortedValues<double>(kSurvey), {-1, 0, 1}, 0.5);
  CHECK(a == Approx(0.7).epsilon(1e-12));
  std::vector<double> codes;
  for (const double w : kSurvey) codes.push_back(std::clamp(std::nearbyint(w / a), -1.0, 1.0));
  CHECK(codes == std::vector<double>{1, -1, 0, 0, 1, 0, 1, -1});
  const std::vector<double> zeros{0, 0};
  CHECK(best_scale(SortedValues<double>(zeros), {-1, 0, 1}, 0) == 0);
}

TEST_CASE("Huffman's mean code length", "[codebooks]") {
  CHECK(huffman_bits({50, 25, 15, 10}) == 1.75);
  CHECK(huffman_bits({1, 1, 1, 1}) == 2);
  CHECK(huffman_bits({7}) == 0);
  CHECK(huffman_bits({0, 7, 0}) == 0);
  CHECK(huffman_bits({}) == 0);
  CHECK(huffman_bits({3, 1}) == 1);
}

TEST_CASE("levels are shared out as in the worked example, and none is lost", "[codebooks]") {
  CHECK(shared_counts(16, std::vector<double>{0.5, 1.0, 2.5}) == std::vector<std::size_t>{11, 14, 23});
  CHECK(shared_counts(7, std::vector<double>{0, 0}) == std::vector<std::size_t>{7, 7});
  for (const double broken : {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
    CHECK(shared_counts(7, std::vector<double>{1, broken}) == std::vector<std::size_t>{7, 7});
  for (const std::vector<double>& norms : {std::vector<double>{1, 1, 1}, {0.1, 5, 0.3, 2.2, 7}, {1, 0, 0}, {1e-9, 3}})
    for (const std::size_t each : {4U, 5U, 16U, 33U}) {
      const std::vector<std::size_t> counts = shared_counts(each, norms);
      CHECK(std::accumulate(counts.begin(), counts.end(), std::size_t{0}) == each * norms.size());
      CHECK(*std::ranges::min_element(counts) >= each / 2);
      for (std::size_t i = 0; i + 1 < norms.size(); ++i)
        if (norms[i] > norms[i + 1]) CHECK(counts[i] >= counts[i + 1]);
    }
}
