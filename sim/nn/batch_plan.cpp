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
  for (const Tile& tile : tiles) distinct.insert(tile.n);
  return {distinct.begin(), distinct.end()};
}

std::vector<Tile> cut_evenly(std::size_t samples, std::size_t limit) {
  const std::size_t parts = (samples + limit - 1) / limit;
  std::vector<Tile> tiles;
  for (std::size_t t = 0; t < parts; ++t) {
    const std::size_t first = cut(samples, parts, t);
    tiles.push_back({first, cut(samples, parts, t + 1) - first});
  }
  return tiles;
}

BatchPlan plan_batch(std::size_t samples) {
  BatchPlan plan;
  const std::size_t lanes = std::min(kLanes, samples);
  for (std::size_t l = 0; l < lanes; ++l) {
    plan.lane_begin.push_back(plan.tiles.size());
    const std::size_t begin = cut(samples, lanes, l), size = cut(samples, lanes, l + 1) - begin;
    for (const Tile& tile : cut_evenly(size, kTile)) plan.tiles.push_back({begin + tile.first, tile.n});
  }
  plan.lane_begin.push_back(plan.tiles.size());
  return plan;
}

}  // namespace steq
