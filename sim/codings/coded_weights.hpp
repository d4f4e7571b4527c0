// SPDX-License-Identifier: MIT
// Finished weights, and what quantization makes of them.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace steq {

/// One tensor as a matrix with a row for each output: [out, the rest].
template <class T>
struct FinishedWeights {
  std::span<const T> w;
  std::size_t rows = 1;
  std::span<const T> curvature = {};  ///< how much each weight counts, at least 0; empty: all alike

  std::size_t columns() const { return w.size() / rows; }
};

/// Indices of one kind that are stored in place of weights.
struct StoredIndex {
  std::vector<std::size_t> counts;  ///< how often each value of the index occurs
  double per_weight = 1;            ///< indices of this kind for each weight
};

template <class T>
struct CodedWeights {
  std::vector<T> values = {};  ///< what stands for the weights
  std::size_t levels = 0;      ///< values that a weight can have; rows of a codebook that has vectors
  std::vector<StoredIndex> indices = {};
  std::size_t stored = 0;  ///< numbers that are stored beside the indices
  std::map<std::string, std::vector<double>> parameters = {};
};

/// Bits of all indices of a weight: ceil(log2(values of the index)) each.
double index_bits(const std::vector<StoredIndex>& indices);
/// The mean length of Huffman codes of the same.
double huffman_bits(const std::vector<StoredIndex>& indices);
/// 32 n / (n bits + 32 stored), n weights.
double compression(std::size_t weights, double bits, std::size_t stored);

}  // namespace steq
