// SPDX-License-Identifier: MIT
#include "plots/figures/guides.hpp"

#include <fmt/format.h>

namespace steq {
namespace {

std::string line(const std::string& from, const std::string& to, const char* dash) {
  return fmt::format("set arrow from {} to {} nohead back lc rgb \"#888888\" lw 0.8 dt {}\n", from, to, dash);
}

}  // namespace

std::string guides(const std::vector<double>& upright, const std::vector<double>& level) {
  std::string text = "unset arrow\n";
  for (const double x : upright)
    text += line(fmt::format("first {:.6g}, graph 0", x), fmt::format("first {:.6g}, graph 1", x), "3");
  for (const double y : level)
    text += line(fmt::format("graph 0, first {:.6g}", y), fmt::format("graph 1, first {:.6g}", y), "3");
  return text;
}

std::string diagonal(double low, double high) {
  return line(fmt::format("first {0:.6g}, first {0:.6g}", low), fmt::format("first {0:.6g}, first {0:.6g}", high), "2");
}

}  // namespace steq
