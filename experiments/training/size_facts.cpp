// SPDX-License-Identifier: MIT
#include "experiments/training/size_facts.hpp"

#include <map>

#include "sim/codings/coded_weights.hpp"

namespace steq {
namespace {

template <class T>
StoredIndex level_counts(const WeightTensor<T>& tensor) {
  StoredIndex index{.counts = std::vector<std::size_t>(tensor.quantizer().grid().levels.size())};
  for (const Level level : tensor.levels()) ++index.counts[static_cast<std::size_t>(level)];
  return index;
}

/// A grid that stands is stored as its one unit.
template <class T>
std::size_t stored_numbers(const WeightTensor<T>& tensor) {
  if (!tensor.quantizer().moves()) return 1;
  std::size_t numbers = 0;
  for (const GridParameter& parameter : tensor.quantizer().parameters())
    if (parameter.stored) numbers += parameter.count;
  return numbers * tensor.grid().groups();
}

/// Sums over tensors whose weights have so many levels.
struct Pool {
  StoredIndex index = {};
  std::size_t weights = 0, stored = 0;

  void add(const Pool& other) {
    index.counts.resize(other.index.counts.size());
    for (std::size_t i = 0; i < index.counts.size(); ++i) index.counts[i] += other.index.counts[i];
    weights += other.weights, stored += other.stored;
  }
};

Json pool_json(const std::vector<Pool>& pools) {
  double bits = 0, huffman = 0;
  std::size_t weights = 0, stored = 0;
  for (const Pool& pool : pools) {
    bits += static_cast<double>(pool.weights) * index_bits({pool.index});
    huffman += static_cast<double>(pool.weights) * huffman_bits({pool.index});
    weights += pool.weights, stored += pool.stored;
  }
  bits /= static_cast<double>(weights), huffman /= static_cast<double>(weights);
  return {{"weights", weights},
          {"bits", bits},
          {"huffman_bits", huffman},
          {"stored_numbers", stored},
          {"compression", compression(weights, bits, stored)},
          {"huffman_compression", compression(weights, huffman, stored)}};
}

}  // namespace

template <class T>
Json size_facts(const Learner<T>& learner) {
  std::map<std::size_t, Pool> pools;  // by number of levels
  Json tensors = Json::object();
  for (const WeightTensor<T>& tensor : learner.tensors()) {
    if (!tensor.quantized()) continue;
    const Pool own{level_counts(tensor), tensor.levels().size(), stored_numbers(tensor)};
    pools[own.index.counts.size()].add(own);
    Json& json = tensors[tensor.info().name] = pool_json({own});
    json["levels"] = own.index.counts.size();
  }
  if (pools.empty()) return nullptr;
  std::vector<Pool> all;
  for (const auto& [levels, pool] : pools) all.push_back(pool);
  Json json = pool_json(all);
  json["tensors"] = tensors;
  return json;
}

template Json size_facts<float>(const Learner<float>&);
template Json size_facts<double>(const Learner<double>&);

}  // namespace steq
