// SPDX-License-Identifier: MIT
// Product quantization: pieces of rows are replaced by the words of a codebook.
#include <algorithm>

#include "sim/codebooks/vector_codebook.hpp"
#include "sim/codings/coding.hpp"
#include "sim/core/parallel.hpp"
#include "sim/core/random.hpp"

namespace steq::codings {
namespace {

struct Product {
  static constexpr bool kWeighs = false, kByRows = true;
  std::size_t blocks, codewords;

  template <class T>
  CodedWeights<T> apply(const FinishedWeights<T>& weights, const CodingJob& job) const {
    const std::size_t columns = weights.columns();
    if (columns % blocks != 0)
      throw ParameterError("blocks", fmt::format("{} is not allowed for rows of {} weights; allowed: a divisor of that",
                                                 blocks, columns));
    CodedWeights<T> coded{
        .values = std::vector<T>(weights.w.size()), .levels = codewords, .stored = codewords * columns};
    coded.indices.resize(blocks);
    coded.parameters["codewords"].resize(coded.stored);  // [blocks, codewords, columns / blocks]
    std::vector<double>& words = coded.parameters["codewords"];
    parallel_for(blocks, job.threads, [&](std::size_t block, int) { code(weights, job, block, coded, words); });
    return coded;
  }

  template <class T>
  void code(const FinishedWeights<T>& weights, const CodingJob& job, std::size_t block, CodedWeights<T>& coded,
            std::vector<double>& words) const {
    const std::size_t columns = weights.columns(), size = columns / blocks;
    VectorList vectors{size, {}};
    for (std::size_t row = 0; row < weights.rows; ++row)
      for (std::size_t k = 0; k < size; ++k)
        vectors.numbers.push_back(double{weights.w[row * columns + block * size + k]});
    RandomStream random(job.seed, Purpose::codewords, job.tensor, static_cast<std::uint32_t>(block));
    const VectorCodebook book =
        vector_codebook(vectors, codewords, [&] { return static_cast<double>(random()) * 0x1p-32; });
    std::ranges::copy(book.words.numbers, words.begin() + static_cast<std::ptrdiff_t>(block * codewords * size));
    StoredIndex& index = coded.indices[block];
    index = {.counts = std::vector<std::size_t>(codewords), .per_weight = 1 / static_cast<double>(columns)};
    for (std::size_t row = 0; row < weights.rows; ++row) {
      ++index.counts[book.codes[row]];
      for (std::size_t k = 0; k < size; ++k)
        coded.values[row * columns + block * size + k] = static_cast<T>(book.words.at(book.codes[row])[k]);
    }
  }
};

ParameterInfo number_of(const std::string& name, std::int64_t fallback, const std::string& meaning) {
  return {.name = name, .kind = Kind::integer, .fallback = Value(fallback), .meaning = meaning, .min = 1, .max = 65536};
}

}  // namespace

CodingRegistry::Entry product() {
  return coding_entry(
      {.name = "product",
       .summary =
           "Rows in equal pieces, each replaced by the nearest word of its block's codebook; of finished weights "
           "alone.",
       .formula = "columns in equal blocks; of each, the rows' pieces by k-means into codewords",
       .citation = "Gong et al., arXiv:1412.6115, section 3.2",
       .parameters = {number_of("blocks", 2, "pieces of a row, whose number divides its weights"),
                      number_of("codewords", 16, "words of each block's codebook")},
       .aliases = {{"pq"}, {"product-quantization"}, {"vector"}}},
      [](const Parameters& p) {
        return Product{static_cast<std::size_t>(p.integer("blocks")), static_cast<std::size_t>(p.integer("codewords"))};
      });
}

}  // namespace steq::codings
