// SPDX-License-Identifier: MIT
#include "records/window_comparison.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "records/comparison_json.hpp"
#include "records/log_checks.hpp"
#include "sim/metrics/disagreement.hpp"

namespace steq {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// One learner in one window. Owns the logs to which the trace points.
class WindowedLearner {
 public:
  WindowedLearner(const std::string& name, const std::map<std::string, ChangePointLog>& whole, const Window& window) {
    logs_.reserve(whole.size());
    trace_.name = name;
    for (const auto& [tensor, log] : whole) add(tensor, window_part(log, window));
  }

  const LearnerTrace& trace() const { return trace_; }

  std::size_t changes() const {
    std::size_t changes = 0;
    for (const ChangePointLog& log : logs_) changes += log.size();
    return changes;
  }

 private:
  void add(const std::string& tensor, ChangePointLog log) {
    trace_.tensors.push_back({.name = tensor,
                              .grid = {.levels = {}, .thresholds = {}, .range = kUnknown},
                              .log = &logs_.emplace_back(std::move(log)),
                              .initial = {},
                              .final = {},
                              .reach = kUnknown,
                              .path_length = kUnknown});
  }

  std::vector<ChangePointLog> logs_;
  LearnerTrace trace_;
};

std::map<std::string, ChangePointLog> logs_of(const StoredRun& run, const std::string& learner) {
  std::map<std::string, ChangePointLog> logs;
  for (const std::string& tensor : run.tensors(learner))
    logs.emplace(tensor, run.logs().change_points(learner, tensor));
  return logs;
}

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

std::vector<Window> reached(std::vector<Window> windows, const std::optional<Step>& a, const std::optional<Step>& b) {
  const Step steps = std::min(a.value_or(kMostSteps), b.value_or(kMostSteps));
  for (Window& window : windows) window.last = std::min(window.last, steps);
  std::erase_if(windows, [](const Window& window) { return window.last < window.first; });
  return windows;
}

}  // namespace

Json window_comparisons(const StoredRun& run_a, const std::string& a, const StoredRun& run_b, const std::string& b,
                        const std::vector<Window>& all) {
  const std::vector<Window> windows = reached(all, run_a.known_steps(a), run_b.known_steps(b));
  if (windows.empty()) return Json::array();
  const auto logs_a = logs_of(run_a, a), logs_b = logs_of(run_b, b);
  Json list = Json::array();
  for (const Window& window : windows) {
    const WindowedLearner in_a(a, logs_a, window), in_b(b, logs_b, window);
    list.push_back({{"first", window.first},
                    {"last", window.last},
                    {"weights", weight_count(in_a.trace())},
                    {"change_points", {{"a", in_a.changes()}, {"b", in_b.changes()}}},
                    {"metrics", known_metrics(Comparison(in_a.trace(), in_b.trace(), identity_map))},
                    {"first_divergence", divergence_in(window, in_a.trace(), in_b.trace())}});
  }
  return list;
}

}  // namespace steq
