// SPDX-License-Identifier: MIT
#include "plots/report/series.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "plots/figures/run_styles.hpp"
#include "plots/report/html.hpp"
#include "sim/core/sums.hpp"
#include "sim/metrics/disagreement.hpp"

namespace steq {
namespace {

constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

/// So many steps stand behind one point.
std::size_t stride(std::size_t steps) { return steps / kMostPoints + (steps % kMostPoints ? 1 : 0); }

double block_mean(const std::vector<double>& values, std::size_t begin, std::size_t count) {
  if (begin >= values.size()) return kGap;
  const std::size_t size = std::min(count, values.size() - begin);
  return pairwise_sum(std::span<const double>(values).subspan(begin, size)) / static_cast<double>(size);
}

/// Of a learner or a pair: the place in line_styles().
template <class Drawn>
std::size_t style_of(const StoredRun& run, const Drawn& drawn) {
  return static_cast<std::size_t>(line_type(run, drawn) - 1);
}

std::vector<double> shares(const ReportedRun& run, const Json& comparison, std::size_t every) {
  const LearnerTrace &a = run.learner(comparison.at("a")), &b = run.learner(comparison.at("b"));
  const std::vector<std::size_t> apart = disagreement_curve(a, b, run.stored().steps());
  const auto weights = static_cast<double>(std::max<std::size_t>(weight_count(a), 1));
  std::vector<double> share;
  for (std::size_t step = 0; step < apart.size(); step += every)
    share.push_back(static_cast<double>(apart[step]) / weights);
  return share;
}

/// Whether a line of history.jsonl, which another program may have written, says this of an epoch.
bool tells(const Json& entry, const std::string& key) {
  const auto is_number = [&](const std::string& name) { return entry.contains(name) && entry[name].is_number(); };
  return is_number("epoch") && is_number(key);
}

}  // namespace

Curves batch_losses(const StoredRun& run) {
  Curves curves{.title = "Batch loss",
                .x_title = "step",
                .y_title = "cross-entropy",
                .labels = {},
                .x = {},
                .y = {},
                .styles = {}};
  std::vector<std::vector<double>> losses;
  std::size_t steps = 0;
  for (const std::string& learner : run.learners()) {
    std::vector<double> loss = run.batch_loss(learner);
    if (loss.empty()) continue;
    curves.labels.push_back(learner);
    curves.styles.push_back(style_of(run, learner));
    steps = std::max(steps, loss.size());
    losses.push_back(std::move(loss));
  }
  const std::size_t every = stride(steps);
  for (std::size_t step = 0; step < steps; step += every) curves.x.push_back(static_cast<double>(step));
  for (const auto& loss : losses) {
    auto& y = curves.y.emplace_back();
    for (std::size_t step = 0; step < steps; step += every) y.push_back(block_mean(loss, step, every));
  }
  if (every > 1) curves.note = fmt::format("Each point is the mean over {} steps.", every);
  return curves;
}

Curves disagreements(const ReportedRun& run) {
  Curves curves{.title = "Weights on different levels",
                .x_title = "step",
                .y_title = "share of weights",
                .labels = {},
                .x = {},
                .y = {},
                .styles = {},
                .log = true};
  const std::size_t steps = run.stored().steps(), every = std::max<std::size_t>(stride(steps + 1), 1);
  for (const Json& comparison : run.comparisons()) try {
      curves.y.push_back(shares(run, comparison, every));
      curves.labels.push_back(pair_name(comparison));
      curves.styles.push_back(style_of(run.stored(), Pair{comparison["a"], comparison["b"]}));
    } catch (const DomainError&) {
      continue;  // no change points were recorded
    }
  for (std::size_t step = 0; step <= steps; step += every) curves.x.push_back(static_cast<double>(step));
  curves.note = "A pair that never diverges has no line on a logarithmic axis.";
  if (every > 1) curves.note += fmt::format(" One step in {} is shown.", every);
  return curves;
}

Curves over_epochs(const StoredRun& run, const std::string& key, const std::string& title, const std::string& unit) {
  Curves curves{
      .title = title, .x_title = "epoch", .y_title = unit, .labels = run.learners(), .x = {}, .y = {}, .styles = {}};
  std::set<double> epochs;
  for (const Json& entry : run.history())
    if (tells(entry, key)) epochs.insert(entry["epoch"].get<double>());
  curves.x.assign(epochs.begin(), epochs.end());
  for (const std::string& learner : curves.labels) {
    curves.styles.push_back(style_of(run, learner));
    auto& y = curves.y.emplace_back(curves.x.size(), kGap);
    for (const Json& entry : run.history())
      if (entry.at("learner") == learner && tells(entry, key))
        y[static_cast<std::size_t>(std::ranges::lower_bound(curves.x, entry["epoch"].get<double>()) -
                                   curves.x.begin())] = entry[key].get<double>();
  }
  return curves;
}

Json to_json(const Curves& curves) {
  const auto floats = [](const std::vector<double>& values) {
    const std::vector<float> narrow(values.begin(), values.end());
    return packed(std::span<const float>(narrow));
  };
  Json y = Json::array();
  for (const auto& series : curves.y) y.push_back(floats(series));
  return {{"title", curves.title},
          {"x_title", curves.x_title},
          {"y_title", curves.y_title},
          {"labels", curves.labels},
          {"styles", curves.styles},
          {"x", floats(curves.x)},
          {"y", y},
          {"log", curves.log},
          {"note", curves.note}};
}

}  // namespace steq
