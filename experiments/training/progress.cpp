// SPDX-License-Identifier: MIT
#include "experiments/training/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace steq {
namespace {

constexpr std::size_t kWidth = 30;

}  // namespace

ProgressBar::ProgressBar(std::string title, std::size_t total, bool quiet)
    : title_(std::move(title)),
      total_(total),
      visible_(!quiet && isatty(STDERR_FILENO)),
      start_(std::chrono::steady_clock::now()) {}

ProgressBar::~ProgressBar() {
  if (visible_) fmt::print(stderr, "\r\x1b[K");
}

void ProgressBar::show(std::size_t done, const std::string& detail) {
  const auto now = std::chrono::steady_clock::now();
  if (!visible_ || (done < total_ && now - drawn_ < std::chrono::milliseconds(100))) return;
  drawn_ = now;
  const double share = total_ == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(total_);
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  const double left = share > 0 ? elapsed / share - elapsed : 0;
  const auto filled = static_cast<std::size_t>(share * static_cast<double>(kWidth));
  fmt::print(stderr, "\r\x1b[K{} [{}{}] {}/{} {} {:.0f} s left", title_, std::string(filled, '='),
             std::string(kWidth - filled, ' '), done, total_, detail, left);
  std::fflush(stderr);
}

}  // namespace steq
