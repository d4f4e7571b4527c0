// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace steq {

/// Vectors of one size, one after the other.
struct VectorList {
  std::size_t size = 1;         ///< numbers of one
  std::vector<double> numbers;  ///< [vectors, size]

  std::size_t count() const { return numbers.size() / size; }
  const double* at(std::size_t i) const { return numbers.data() + i * size; }
};

struct VectorCodebook {
  VectorList words;
  std::vector<std::uint32_t> codes;  ///< [vectors]: the nearest word, of equals the first
};

/// k-means of vectors, until no code changes. The first words are drawn among the vectors by k-means++ (Arthur,
/// Vassilvitskii, SODA 2007, section 2.2): draw() gives numbers uniform in [0, 1). Where the vectors have fewer values
/// than there are words, some words are equal; a word without vectors stays.
VectorCodebook vector_codebook(const VectorList& vectors, std::size_t words, const std::function<double()>& draw);

}  // namespace steq
