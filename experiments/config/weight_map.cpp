// SPDX-License-Identifier: MIT
#include "experiments/config/weight_map.hpp"

#include <map>
#include <memory>

#include "experiments/config/pair_role.hpp"
#include "theory/translation.hpp"

namespace steq {
namespace {

template <class T>
WeightMap translating(const Spec& from, const Spec& to) {
  auto known = std::make_shared<std::map<double, std::unique_ptr<Translation>>>();  // by range
  return [from, to, known](const Grid& grid, double w) {
    auto& translation = (*known)[grid.range];
    if (!translation) translation = std::make_unique<Translation>(from, to, grid);
    return translation->map<T>(w);
  };
}

}  // namespace

WeightMap weight_map(const ExperimentConfig& config, const std::string& a, const std::string& b) {
  if (!role_of(config, a, b).mapped) return [](const Grid&, double w) { return w; };
  const Spec &from = config.learner(a).estimator, &to = config.learner(b).estimator;
  return config.precision == "double" ? translating<double>(from, to) : translating<float>(from, to);
}

}  // namespace steq
