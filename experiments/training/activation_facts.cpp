// SPDX-License-Identifier: MIT
#include "experiments/training/activation_facts.hpp"

#include <numeric>

namespace steq {
namespace {

constexpr std::size_t kMostThresholds = 31;

std::vector<double> shares_of(const ActivationHistogram& histogram) {
  const auto counts = histogram.counts();
  const auto all = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
  std::vector<double> shares;
  for (const std::uint64_t count : counts) shares.push_back(static_cast<double>(count) / all);
  return shares;
}

}  // namespace

template <class T>
Json activation_facts(Cohort<T>& cohort, std::size_t learner, const Dataset& test) {
  Json facts = Json::object();
  const std::vector<ActivationHistogram> histograms = cohort.activation_histograms(learner, test);
  for (std::size_t i = 0; i < histograms.size(); ++i) {
    const ActivationQuantizer& quantizer = cohort.learners()[learner].activations()[i];
    std::vector<double> thresholds = quantizer.grid()->thresholds;
    if (thresholds.size() > kMostThresholds) thresholds.clear();
    facts[quantizer.name()] = {{"thresholds", thresholds},
                               {"low", histograms[i].low()},
                               {"width", histograms[i].width()},
                               {"shares", shares_of(histograms[i])}};
  }
  return facts;
}

template Json activation_facts(Cohort<float>&, std::size_t, const Dataset&);
template Json activation_facts(Cohort<double>&, std::size_t, const Dataset&);

}  // namespace steq
