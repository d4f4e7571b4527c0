// SPDX-License-Identifier: MIT
// What the metrics of learning processes cost for a growing number of change points: a line of JSON for each number and
// metric, with nanoseconds and the most bytes of heap at a time, both for each change point of two learners.
// Usage: metrics_bench [most change points of one learner] [weights]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>

#include "sim/metrics/disagreement.hpp"
#include "sim/metrics/dwell_times.hpp"
#include "sim/metrics/first_divergence.hpp"
#include "sim/metrics/oscillation_curve.hpp"
#include "sim/metrics/oscillation_totals.hpp"
#include "sim/metrics/sequence_totals.hpp"
#include "tests/bench/heap_peak.hpp"

namespace steq::bench {
namespace {

constexpr Step kSteps = 1000;

/// 64 bits from a counter (splitmix64; Steele, Lea and Flood, OOPSLA 2014).
std::uint64_t mixed(std::uint64_t counter) {
  std::uint64_t z = counter * 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/// About `points` changes by one level up and down, at random. What `learner` does alone is a fiftieth of it.
ChangePointLog random_log(std::size_t points, std::size_t weights, std::uint64_t learner) {
  std::vector<Level> level(weights, 1);
  ChangePointLog log(level);
  const double changes_a_step = static_cast<double>(points) / (static_cast<double>(weights) * kSteps);
  const auto below = static_cast<std::uint64_t>(changes_a_step * 0x1p32);
  for (Step step = 1; step <= kSteps; ++step)
    for (std::size_t w = 0; w < weights; ++w) {
      const std::uint64_t moment = std::uint64_t{step} * weights + w, common = mixed(moment);
      const bool alone = (common >> 32) % 50 == 0;
      const std::uint64_t draw = alone ? mixed(moment ^ (learner << 60)) : common;
      if ((draw & 0xffffffffu) >= below) continue;
      level[w] = static_cast<Level>(level[w] == 0 ? 1 : level[w] == 3 ? 2 : level[w] + (draw >> 63 ? 1 : -1));
      log.append({static_cast<WeightIndex>(w), step, level[w]});
    }
  return log;
}

LearnerTrace learner_of(const ChangePointLog& log) {
  LearnerTrace learner;
  learner.tensors.emplace_back().log = &log;
  return learner;
}

void print(std::size_t points, const char* name, double nanoseconds, std::size_t bytes) {
  const auto all = static_cast<double>(points);
  fmt::print("{{\"change_points\":{},\"metric\":\"{}\",\"ns\":{:.3f},\"bytes\":{:.3f}}}\n", points, name,
             nanoseconds / all, static_cast<double>(bytes) / all);
}

void measure(const char* name, std::size_t points, const std::function<void()>& work) {
  const std::size_t before = heap_now();
  heap_peak_restart();
  const auto start = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double, std::nano> elapsed = std::chrono::steady_clock::now() - start;
  print(points, name, elapsed.count(), heap_peak() - before);
}

void run(std::size_t points_of_one, std::size_t weights) {
  const ChangePointLog log_a = random_log(points_of_one, weights, 1), log_b = random_log(points_of_one, weights, 2);
  const LearnerTrace a = learner_of(log_a), b = learner_of(log_b);
  const std::size_t points = log_a.size() + log_b.size();
  print(points, "the logs", 0, log_a.memory() + log_b.memory());
  const auto both = [&](const auto& metric) {
    metric(log_a);
    metric(log_b);
  };
  measure("sequence totals", points, [&] { sequence_totals(a, b); });
  measure("first divergence", points, [&] { first_divergence(a, b); });
  measure("disagreement curve", points, [&] { disagreement_curve(a, b, kSteps); });
  measure("oscillation totals", points, [&] { both([](const auto& log) { oscillation_totals(log, {}, kSteps); }); });
  measure("oscillation curve", points, [&] { both([](const auto& log) { oscillation_curve(log, {}, kSteps); }); });
  measure("dwell times", points, [&] { both([](const auto& log) { dwell_times(log, kSteps); }); });
}

}  // namespace
}  // namespace steq::bench

int main(int argc, char** argv) {
  const std::size_t most = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 100'000'000;
  const std::size_t weights = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1'000'000;
  for (std::size_t points = std::max<std::size_t>(most / 100, 1); points <= most; points *= 10)
    steq::bench::run(points, weights);
}
