// SPDX-License-Identifier: MIT
// How far a long job is, in words and as a bar.
#pragma once

#include <cstddef>
#include <string>

namespace steq {

struct ProgressFacts {
  std::string title;
  std::size_t done = 0, total = 0;
  std::string detail;        ///< "loss 0.1234"
  double seconds_left = -1;  ///< negative where nothing is known of it yet
};

/// "1 thread", "2 threads"
std::string counted(std::size_t number, const std::string& thing);

/// "47 s", "12 min", "3 h 5 min", "2 d 4 h".
std::string duration_text(double seconds);

/// Less than `width` characters: where there is little room first the bar goes, then the detail, then the title.
std::string progress_bar(const ProgressFacts& facts, std::size_t width);

/// "tiny: 120 of 600 (20 %), loss 0.1234, 4 min left"
std::string progress_line(const ProgressFacts& facts);

/// Seconds that the rest takes if it goes on as the steps since `first` did; negative where none was done.
double seconds_left(std::size_t first, std::size_t done, std::size_t total, double elapsed);

}  // namespace steq
