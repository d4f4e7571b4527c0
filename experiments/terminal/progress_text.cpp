// SPDX-License-Identifier: MIT
#include "experiments/terminal/progress_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace steq {
namespace {

constexpr std::size_t kLongestBar = 30, kShortestBar = 8;

double share_of(const ProgressFacts& facts) {
  return facts.total == 0 ? 1.0 : static_cast<double>(facts.done) / static_cast<double>(facts.total);
}

std::string time_left(const ProgressFacts& facts) {
  return facts.seconds_left < 0 ? "" : duration_text(facts.seconds_left) + " left";
}

/// Those that are not empty, one after the other.
std::string line_of(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words)
    if (!word.empty()) line += (line.empty() ? "" : " ") + word;
  return line;
}

std::string bar_of(const ProgressFacts& facts, std::size_t length) {
  const auto filled = static_cast<std::size_t>(share_of(facts) * static_cast<double>(length));
  return fmt::format("[{}{}]", std::string(filled, '='), std::string(length - filled, ' '));
}

}  // namespace

std::string counted(std::size_t number, const std::string& thing) {
  return fmt::format("{} {}{}", number, thing, number == 1 ? "" : "s");
}

std::string duration_text(double seconds) {
  const auto minutes = static_cast<long>(std::min(seconds, 1e12) / 60);
  const long hours = minutes / 60, days = hours / 24;
  if (minutes == 0) return fmt::format("{:.0f} s", std::floor(seconds));
  if (hours == 0) return fmt::format("{} min", minutes);
  if (days == 0) return fmt::format("{} h {} min", hours, minutes % 60);
  return fmt::format("{} d {} h", days, hours % 24);
}

std::string progress_bar(const ProgressFacts& facts, std::size_t width) {
  const std::size_t room = std::max<std::size_t>(width, 1) - 1;
  const std::string count = fmt::format("{}/{}", facts.done, facts.total), left = time_left(facts);
  const std::size_t words = line_of({facts.title, count, facts.detail, left}).size();
  if (words + 3 + kShortestBar <= room)
    return line_of({facts.title, bar_of(facts, std::min(kLongestBar, room - words - 3)), count, facts.detail, left});
  for (const std::string& line :
       {line_of({facts.title, count, facts.detail, left}), line_of({facts.title, count, left}), line_of({count, left})})
    if (line.size() <= room) return line;
  return count.substr(0, room);
}

std::string progress_line(const ProgressFacts& facts) {
  std::string line =
      fmt::format("{}: {} of {} ({:.0f} %)", facts.title, facts.done, facts.total, 100 * share_of(facts));
  for (const std::string& text : {facts.detail, time_left(facts)})
    if (!text.empty()) line += ", " + text;
  return line;
}

double seconds_left(std::size_t first, std::size_t done, std::size_t total, double elapsed) {
  if (done <= first) return -1;
  return elapsed / static_cast<double>(done - first) * static_cast<double>(total - done);
}

}  // namespace steq
