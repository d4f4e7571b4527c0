// SPDX-License-Identifier: MIT
// Curves for the browser, short enough to stand in a page.
#pragma once

#include <string>
#include <vector>

#include "plots/report/reported_run.hpp"

namespace steq {

/// Several curves over one axis.
struct Curves {
  std::string title, x_title, y_title;
  std::vector<std::string> labels;     ///< one a curve
  std::vector<double> x;               ///< ascending
  std::vector<std::vector<double>> y;  ///< [labels][x]; a NaN leaves a gap
  std::vector<std::size_t> styles;     ///< [labels]: places in line_styles()
  bool log = false;                    ///< how it is shown first
  std::string note = {};
};

/// At most this many points of a curve over steps are shown.
inline constexpr std::size_t kMostPoints = 2000;

/// Of every learner that recorded them, over steps; means over blocks of steps where there are more than kMostPoints.
Curves batch_losses(const StoredRun& run);
/// The share of weights on different levels of every comparison, over steps; every n-th step where there are more.
Curves disagreements(const ReportedRun& run);
/// An entry of history.jsonl, as "test_accuracy", of every learner over epochs.
Curves over_epochs(const StoredRun& run, const std::string& key, const std::string& title, const std::string& unit);

/// As curves.js reads it.
Json to_json(const Curves& curves);

}  // namespace steq
