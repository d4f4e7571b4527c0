// SPDX-License-Identifier: MIT
#include "sim/codebooks/vector_codebook.hpp"

#include <algorithm>

namespace steq {
namespace {

constexpr int kMostRoundsOfVectors = 1000;

double square_distance(const double* a, const double* b, std::size_t size) {
  double sum = 0;
  for (std::size_t i = 0; i < size; ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

/// The vector at that share of all that `weights` add up to.
std::size_t drawn(const std::vector<double>& weights, double share) {
  double all = 0;
  for (const double weight : weights) all += weight;
  double left = share * all;
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] <= 0) continue;
    last = i;
    if ((left -= weights[i]) < 0) break;
  }
  return last;
}

VectorList first_words(const VectorList& vectors, std::size_t count, const std::function<double()>& draw) {
  VectorList words{vectors.size, {}};
  std::vector<double> distances(vectors.count(), 1.0);
  while (words.count() < count) {
    const double* word = vectors.at(drawn(distances, draw()));
    words.numbers.insert(words.numbers.end(), word, word + vectors.size);
    const bool first = words.count() == 1;
    for (std::size_t i = 0; i < distances.size(); ++i) {
      const double distance = square_distance(vectors.at(i), words.at(words.count() - 1), vectors.size);
      distances[i] = first ? distance : std::min(distances[i], distance);
    }
  }
  return words;
}

/// Whether any code changed.
bool assign(const VectorList& vectors, VectorCodebook& book) {
  bool changed = false;
  for (std::size_t i = 0; i < vectors.count(); ++i) {
    std::uint32_t best = 0;
    double least = square_distance(vectors.at(i), book.words.at(0), vectors.size);
    for (std::uint32_t c = 1; c < book.words.count(); ++c)
      if (const double d = square_distance(vectors.at(i), book.words.at(c), vectors.size); d < least)
        best = c, least = d;
    changed |= book.codes[i] != best;
    book.codes[i] = best;
  }
  return changed;
}

void average(const VectorList& vectors, VectorCodebook& book) {
  const std::size_t size = vectors.size;
  std::vector<double> sums(book.words.numbers.size());
  std::vector<std::size_t> counts(book.words.count());
  for (std::size_t i = 0; i < vectors.count(); ++i) {
    ++counts[book.codes[i]];
    for (std::size_t k = 0; k < size; ++k) sums[book.codes[i] * size + k] += vectors.at(i)[k];
  }
  for (std::size_t c = 0; c < counts.size(); ++c)
    for (std::size_t k = 0; counts[c] > 0 && k < size; ++k)
      book.words.numbers[c * size + k] = sums[c * size + k] / static_cast<double>(counts[c]);
}

}  // namespace

VectorCodebook vector_codebook(const VectorList& vectors, std::size_t words, const std::function<double()>& draw) {
  VectorCodebook book{first_words(vectors, words, draw), std::vector<std::uint32_t>(vectors.count(), ~0U)};
  for (int round = 0; round < kMostRoundsOfVectors && assign(vectors, book); ++round) average(vectors, book);
  return book;
}

}  // namespace steq
