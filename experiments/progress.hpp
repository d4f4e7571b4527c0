// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

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

}  // namespace steq
