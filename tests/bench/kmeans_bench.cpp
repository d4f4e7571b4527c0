// SPDX-License-Identifier: MIT
// What k-means costs beside sorting the same float32 weights with std::sort on one thread, in turns, as a line of JSON.
// Usage: kmeans_bench [weights] [centres] [turns]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>
#include <vector>

#include "sim/codebooks/kmeans_centres.hpp"

namespace {

template <class Work>
double seconds_of(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::size_t argument(int argc, char** argv, int i, std::size_t fallback) {
  return argc > i ? static_cast<std::size_t>(std::strtoull(argv[i], nullptr, 10)) : fallback;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t n = argument(argc, argv, 1, 25'000'000), centres = argument(argc, argv, 2, 16);
  std::mt19937 random(1);
  std::normal_distribution<float> normal(0, 0.05F);
  std::vector<float> w(n);
  std::ranges::generate(w, [&] { return normal(random); });
  for (std::size_t turn = 0; turn < argument(argc, argv, 3, 3); ++turn) {
    std::vector<float> sorted = w;
    const double sort = seconds_of([&] { std::sort(sorted.begin(), sorted.end()); });
    double lowest = 0;
    const double kmeans = seconds_of([&] {
      const steq::SortedValues<float> values(w);
      lowest = steq::kmeans_centres(values, steq::equidistant_centres(values, centres)).front();
    });
    fmt::print(
        "{{\"weights\":{},\"centres\":{},\"sort_s\":{:.3f},\"kmeans_s\":{:.3f},\"ratio\":{:.2f},\"lowest\":{:.6f}}}\n",
        n, centres, sort, kmeans, kmeans / sort, lowest);
  }
}
