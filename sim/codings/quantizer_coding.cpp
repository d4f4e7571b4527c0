// SPDX-License-Identifier: MIT
#include "sim/codings/quantizer_coding.hpp"

#include <algorithm>

#include "sim/core/parallel.hpp"

namespace steq {
namespace {

/// Weights that share their grid parameters are quantized in pieces of at most a block.
struct CodedPiece {
  std::size_t group, first, size;
};

std::vector<CodedPiece> pieces_of(std::size_t weights, std::size_t group_size) {
  std::vector<CodedPiece> pieces;
  for (std::size_t first = 0; first < weights; first += pieces.back().size) {
    const std::size_t group = first / group_size, end = std::min(weights, (group + 1) * group_size);
    pieces.push_back({group, first, std::min(kBlock, end - first)});
  }
  return pieces;
}

/// Runs `work` on so many pieces at a time that threads have something to do.
template <class Work>
void in_chunks(std::size_t count, int threads, const Work& work) {
  constexpr std::size_t kChunk = 64;
  parallel_for((count + kChunk - 1) / kChunk, threads, [&](std::size_t chunk, int thread) {
    for (std::size_t i = chunk * kChunk; i < std::min(count, (chunk + 1) * kChunk); ++i) work(i, thread);
  });
}

template <class T>
class GroupedCode {
 public:
  GroupedCode(const Quantizer& quantizer, const FinishedWeights<T>& weights, const CodingJob& job)
      : quantizer_(quantizer),
        weights_(weights),
        job_(job),
        size_(quantizer.group() ? quantizer.group() : weights.w.size()) {
    for (const GridParameter& parameter : quantizer.parameters()) width_ += parameter.count;
    numbers_.resize(groups() * width_);
  }

  CodedWeights<T> made() {
    in_chunks(width_ > 0 ? groups() : 0, job_.threads, [&](std::size_t group, int) { fit(group); });
    CodedWeights<T> coded{.values = std::vector<T>(weights_.w.size()), .levels = quantizer_.grid().levels.size()};
    coded.indices = {{.counts = quantize(coded.values)}};
    add_parameters(coded);
    return coded;
  }

 private:
  std::size_t groups() const { return (weights_.w.size() + size_ - 1) / size_; }
  std::span<double> numbers(std::size_t group) { return std::span(numbers_).subspan(group * width_, width_); }
  template <class Span>
  Span part(Span all, std::size_t group) const {
    return all.empty() ? all : all.subspan(group * size_, std::min(size_, all.size() - group * size_));
  }

  void fit(std::size_t group) {
    const std::span<const T> w = part(weights_.w, group);
    quantizer_.schedule({}, numbers(group));
    quantizer_.fit(w, part(weights_.curvature, group), numbers(group));
    quantizer_.start(w, numbers(group));
  }

  /// How often each level occurs.
  std::vector<std::size_t> quantize(std::vector<T>& values) {
    const std::vector<CodedPiece> pieces = pieces_of(weights_.w.size(), size_);
    std::vector<std::vector<std::size_t>> counts(static_cast<std::size_t>(job_.threads));
    for (auto& own : counts) own.resize(quantizer_.grid().levels.size());
    in_chunks(pieces.size(), job_.threads, [&](std::size_t i, int thread) {
      const auto [group, first, size] = pieces[i];
      std::array<Level, kBlock> level;
      const std::span<Level> levels = std::span(level).first(size);
      quantizer_.quantize(weights_.w.subspan(first, size), levels, std::span(values).subspan(first, size),
                          {.first = first % size_, .grid = numbers(group), .hard = true});
      for (const Level l : levels) ++counts[static_cast<std::size_t>(thread)][static_cast<std::size_t>(l)];
    });
    for (std::size_t t = 1; t < counts.size(); ++t)
      std::ranges::transform(counts[0], counts[t], counts[0].begin(), std::plus<>());
    return counts[0];
  }

  /// A grid that stands is stored as its one unit.
  void add_parameters(CodedWeights<T>& coded) {
    std::size_t first = 0;
    coded.stored = width_ == 0 ? 1 : 0;
    for (const GridParameter& parameter : quantizer_.parameters()) {
      std::vector<double>& all = coded.parameters[parameter.name];
      for (std::size_t group = 0; group < groups(); ++group) {
        const std::span<const double> own = numbers(group).subspan(first, parameter.count);
        all.insert(all.end(), own.begin(), own.end());
      }
      if (parameter.stored) coded.stored += all.size();
      first += parameter.count;
    }
  }

  const Quantizer& quantizer_;
  const FinishedWeights<T>& weights_;
  const CodingJob& job_;
  std::size_t size_, width_ = 0;  // weights of a group, its numbers
  std::vector<double> numbers_;   // [groups, width]
};

class QuantizerCoding final : public Coding {
 public:
  QuantizerCoding(Spec quantizer, std::string place) : spec_(std::move(quantizer)), place_(std::move(place)) {}

  bool weighs() const override { return made_for({})->weighs(); }
  bool by_rows() const override {
    const auto one_row = made_for({.fan_in = 4, .weights = 4, .rows = 1});
    const auto four_rows = made_for({.fan_in = 1, .weights = 4, .rows = 4});
    return one_row->group() != four_rows->group() ||
           (!one_row->moves() && one_row->grid().range != four_rows->grid().range);
  }
  CodedWeights<float> code(const FinishedWeights<float>& weights, const CodingJob& job) const override {
    return coded(weights, job);
  }
  CodedWeights<double> code(const FinishedWeights<double>& weights, const CodingJob& job) const override {
    return coded(weights, job);
  }
  std::unique_ptr<Quantizer> made_for(const TensorShape& tensor) const {
    return quantizer_registry().make(spec_, place_, tensor);
  }

 private:
  template <class T>
  CodedWeights<T> coded(const FinishedWeights<T>& weights, const CodingJob& job) const {
    const auto quantizer = made_for({.fan_in = weights.columns(), .weights = weights.w.size(), .rows = weights.rows});
    return GroupedCode<T>(*quantizer, weights, job).made();
  }

  Spec spec_;
  std::string place_;
};

}  // namespace

std::unique_ptr<Coding> quantizer_coding(const Spec& quantizer, const std::string& place) {
  auto coding = std::make_unique<QuantizerCoding>(quantizer, place);
  if (!coding->made_for({})->has_levels())
    throw InputError(place, fmt::format("\"{}\" is not allowed: it has no levels", quantizer.name));
  return coding;
}

}  // namespace steq
