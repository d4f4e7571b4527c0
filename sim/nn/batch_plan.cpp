// SPDX-License-Identifier: MIT
#include "sim/nn/batch_plan.hpp"

#include <algorithm>
#include <set>

namespace steq {
namespace {

std::size_t cut(std::size_t total, std::size_t parts, std::size_t part) { return total * part / parts; }

}  // namespace

std::vector<std::size_t> BatchPlan::sizes() const {
  std::set<std::size_t> distinct;
  for (const SampleRange& micro_batch : micro_batches) distinct.insert(micro_batch.n);
  return {distinct.begin(), distinct.end()};
}

std::vector<SampleRange> cut_evenly(std::size_t samples, std::size_t limit) {
  const std::size_t parts = (samples + limit - 1) / limit;
  std::vector<SampleRange> ranges;
  for (std::size_t p = 0; p < parts; ++p) {
    const std::size_t first = cut(samples, parts, p);
    ranges.push_back({first, cut(samples, parts, p + 1) - first});
  }
  return ranges;
}

BatchPlan plan_batch(std::size_t samples) {
  BatchPlan plan;
  const std::size_t lanes = std::min(kLanes, samples);
  for (std::size_t l = 0; l < lanes; ++l) {
    plan.lane_begin.push_back(plan.micro_batches.size());
    const std::size_t begin = cut(samples, lanes, l), size = cut(samples, lanes, l + 1) - begin;
    for (const SampleRange& part : cut_evenly(size, kMicroBatch))
      plan.micro_batches.push_back({begin + part.first, part.n});
  }
  plan.lane_begin.push_back(plan.micro_batches.size());
  return plan;
}

}  // namespace steq
