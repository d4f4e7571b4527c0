// SPDX-License-Identifier: MIT
#include "sim/codebooks/best_scale.hpp"

#include "sim/codebooks/kmeans_centres.hpp"

namespace steq {
namespace {

constexpr int kMostProjections = 10000;

}  // namespace

std::vector<double> scaled(const std::vector<double>& codes, double scale) {
  std::vector<double> levels;
  for (const double code : codes) levels.push_back(code * scale);
  return levels;
}

template <class T>
double best_scale(const SortedValues<T>& values, const std::vector<double>& codes, double scale) {
  std::vector<std::size_t> ends, before;
  for (int turn = 0; turn < kMostProjections && scale > 0; ++turn) {
    if ((ends = cluster_ends(values, scaled(codes, scale))) == before) break;
    double product = 0, square = 0;
    for (std::size_t c = 0, first = 0; c < codes.size(); first = ends[c++]) {
      const auto sums = values.between(first, ends[c]);
      product += codes[c] * sums.value, square += codes[c] * codes[c] * sums.weight;
    }
    if (square > 0) scale = product / square;
    before = ends;
  }
  return scale;
}

template double best_scale(const SortedValues<float>&, const std::vector<double>&, double);
template double best_scale(const SortedValues<double>&, const std::vector<double>&, double);

}  // namespace steq
