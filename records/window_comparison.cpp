// SPDX-License-Identifier: MIT
#include "records/window_comparison.hpp"

#include <algorithm>
#include <limits>

#include "records/comparison_json.hpp"
#include "sim/metrics/disagreement.hpp"

namespace steq {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// One learner, window by window. Owns the logs to which the traces point.
class WindowedLearner {
 public:
  WindowedLearner(const StoredRun& run, const std::string& name, const std::vector<std::string>& tensors,
                  const std::vector<Window>& windows)
      : logs_(windows.size()), traces_(windows.size()) {
    for (auto& logs : logs_) logs.reserve(tensors.size());
    for (LearnerTrace& trace : traces_) trace.name = name;
    for (const std::string& tensor : tensors) {
      const ChangePointLog whole = run.logs().change_points(name, tensor);
      for (std::size_t w = 0; w < windows.size(); ++w) add(w, tensor, window_part(whole, windows[w]));
    }
  }

  const LearnerTrace& trace(std::size_t window) const { return traces_[window]; }

  std::size_t changes(std::size_t window) const {
    std::size_t changes = 0;
    for (const ChangePointLog& log : logs_[window]) changes += log.size();
    return changes;
  }

 private:
  void add(std::size_t window, const std::string& tensor, ChangePointLog log) {
    traces_[window].tensors.push_back({.name = tensor,
                                       .grid = {.levels = {}, .thresholds = {}, .range = kUnknown},
                                       .log = &logs_[window].emplace_back(std::move(log)),
                                       .initial = {},
                                       .final = {},
                                       .reach = kUnknown,
                                       .path_length = kUnknown});
  }

  std::vector<std::vector<ChangePointLog>> logs_;  // by window and tensor
  std::vector<LearnerTrace> traces_;
};

Json known_metrics(const Comparison& comparison) {
  const Json all = metrics_json(comparison);
  Json known = Json::object();
  for (const auto& [name, value] : all.items())
    if (!value.is_null()) known[name] = value;
  return known;
}

/// Steps are those of the whole training.
Json divergence_in(const Window& window, const LearnerTrace& a, const LearnerTrace& b) {
  Json divergence = divergence_json(a, b);
  if (!divergence.is_null()) divergence["step"] = divergence["step"].get<Step>() + window.first - 1;
  return divergence;
}

std::vector<Window> reached(std::vector<Window> windows, Step steps) {
  for (Window& window : windows) window.last = std::min(window.last, steps);
  std::erase_if(windows, [](const Window& window) { return window.last < window.first; });
  return windows;
}

}  // namespace

Json window_comparisons(const StoredRun& run_a, const std::string& a, const StoredRun& run_b, const std::string& b,
                        const std::vector<Window>& all) {
  const std::vector<Window> windows = reached(all, std::min(run_a.steps(a), run_b.steps(b)));
  const WindowedLearner all_a(run_a, a, run_a.tensors(a), windows), all_b(run_b, b, run_a.tensors(a), windows);
  Json list = Json::array();
  for (std::size_t w = 0; w < windows.size(); ++w) {
    const LearnerTrace &in_a = all_a.trace(w), &in_b = all_b.trace(w);
    list.push_back({{"first", windows[w].first},
                    {"last", windows[w].last},
                    {"weights", weight_count(in_a)},
                    {"change_points", {{"a", all_a.changes(w)}, {"b", all_b.changes(w)}}},
                    {"metrics", known_metrics(Comparison(in_a, in_b, identity_map))},
                    {"first_divergence", divergence_in(windows[w], in_a, in_b)}});
  }
  return list;
}

}  // namespace steq
