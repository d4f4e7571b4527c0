// SPDX-License-Identifier: MIT
#include "sim/processes/change_points.hpp"

#include <algorithm>

namespace steq {

void ChangePointLog::append(const ChangePoint& point) {
  const std::size_t at = size_++ % kChunk;
  if (at == 0) chunks_.push_back(std::make_unique<Chunk>());
  Chunk& chunk = *chunks_.back();
  chunk.weights[at] = point.weight;
  chunk.steps[at] = point.step;
  chunk.levels[at] = point.level;
}

template <class T, class Column>
std::vector<T> ChangePointLog::copy(Column Chunk::*column) const {
  std::vector<T> values(size_);
  for (std::size_t first = 0; first < size_; first += kChunk)
    std::copy_n(((*chunks_[first / kChunk]).*column).begin(), std::min(kChunk, size_ - first), values.data() + first);
  return values;
}

std::vector<WeightIndex> ChangePointLog::weights() const { return copy<WeightIndex>(&Chunk::weights); }
std::vector<Step> ChangePointLog::steps() const { return copy<Step>(&Chunk::steps); }
std::vector<Level> ChangePointLog::levels() const { return copy<Level>(&Chunk::levels); }

void ChangePointLog::archive(Archive& archive) {
  std::vector<WeightIndex> weight = weights();
  std::vector<Step> step = steps();
  std::vector<Level> level = levels();
  archive(initial_levels_, weight, step, level);
  if (!archive.reading()) return;
  if (step.size() != weight.size() || level.size() != weight.size())
    throw InputError("checkpoint", "its change points have columns of different lengths");
  chunks_.clear();
  size_ = 0;
  for (std::size_t i = 0; i < weight.size(); ++i) append({weight[i], step[i], level[i]});
}

}  // namespace steq
