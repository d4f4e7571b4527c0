// SPDX-License-Identifier: MIT
#include "experiments/training/disagreement_table.hpp"

#include <fmt/format.h>

#include <numeric>

#include "sim/metrics/disagreement.hpp"

namespace steq {

std::string disagreement_table(const ExperimentConfig& config, const std::vector<LearnerResult>& results, Step steps) {
  std::string text = "step";
  std::vector<std::vector<std::size_t>> curves;
  for (const auto& [a, b] : config.compare) {
    text += fmt::format(",{} / {}", a, b);
    curves.push_back(disagreement_curve(result_named(results, a).trace, result_named(results, b).trace, steps));
  }
  const auto& tensors = results.front().trace.tensors;
  const auto weights = std::accumulate(tensors.begin(), tensors.end(), std::size_t{0},
                                       [](std::size_t sum, const TensorTrace& t) { return sum + t.final.size(); });
  const auto all = static_cast<double>(std::max<std::size_t>(weights, 1));
  for (std::size_t step = 0; step <= steps; ++step) {
    text += fmt::format("\n{}", step);
    for (const auto& curve : curves) text += fmt::format(",{:.6g}", static_cast<double>(curve[step]) / all);
  }
  return text + "\n";
}

}  // namespace steq
