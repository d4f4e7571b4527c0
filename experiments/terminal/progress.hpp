// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include "experiments/terminal/progress_text.hpp"
#include "sim/training/observer.hpp"

namespace steq {

/// Where progress is shown, and how.
struct ProgressScreen {
  using Clock = std::chrono::steady_clock;

  enum class Form { none, bar, lines };
  Form form = Form::none;
  std::function<std::size_t()> width = [] { return std::size_t{80}; };  ///< asked at every redraw
  std::function<void(const std::string&)> write = [](const std::string&) {};
  std::function<Clock::time_point()> now = Clock::now;
};

/// Standard error: a bar where it is a terminal, lines where it is a file, a pipe or a terminal with TERM=dumb; nothing
/// where `quiet`.
ProgressScreen standard_screen(bool quiet);

/// Shows how far a long job is: a bar, redrawn at most ten times a second, or a line at the start and one a minute.
class Progress {
 public:
  /// `plan` says in the first line what is going to be done: "3 learners, 600 steps".
  Progress(std::string title, std::size_t total, const std::string& plan, ProgressScreen screen);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Where the job goes on and does not begin.
  void start_at(std::size_t done) { first_ = done; }
  void show(std::size_t done, const std::string& detail);
  /// A line of its own, now.
  void tell(const std::string& text);

 private:
  ProgressFacts facts_;
  ProgressScreen screen_;
  std::size_t first_ = 0;
  ProgressScreen::Clock::time_point start_, shown_;
  bool drawn_ = false;
};

/// Shows each step, with the loss of the first learner.
template <class T>
class ProgressObserver final : public Observer<T> {
 public:
  explicit ProgressObserver(Progress& progress) : progress_(progress) {}
  void after_update(const StepView<T>& view) override { loss_ = view.index == 0 ? view.batch_loss : loss_; }
  void after_step(Step step) override { progress_.show(step, fmt::format("loss {:.4f}", loss_)); }

 private:
  Progress& progress_;
  double loss_ = 0;
};

}  // namespace steq
