// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <chrono>
#include <cstddef>
#include <string>

#include "sim/training/observer.hpp"

namespace steq {

/// A line on standard error that shows how far a long job is; nothing where `quiet`, or where that is no terminal.
class ProgressBar {
 public:
  ProgressBar(std::string title, std::size_t total, bool quiet);
  ~ProgressBar();

  /// Redraws at most ten times a second.
  void show(std::size_t done, const std::string& detail);

 private:
  std::string title_;
  std::size_t total_;
  bool visible_;
  std::chrono::steady_clock::time_point start_, drawn_{};
};

/// Shows each step, with the loss of the first learner.
template <class T>
class ProgressObserver final : public Observer<T> {
 public:
  ProgressObserver(const std::string& name, std::size_t steps, bool quiet) : bar_(name, steps, quiet) {}
  void after_update(const StepView<T>& view) override { loss_ = view.index == 0 ? view.batch_loss : loss_; }
  void after_step(Step step) override { bar_.show(step, fmt::format("loss {:.4f}", loss_)); }

 private:
  ProgressBar bar_;
  double loss_ = 0;
};

}  // namespace steq
