// SPDX-License-Identifier: MIT
#include "plots/figures/style.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace steq {
namespace {

// Grey, thin and light where nothing is said; `picture` is svg at first, then pdf.
constexpr const char* kHead = R"gnuplot(# gnuplot {0}.gp   draws {0}.svg and {0}.pdf
reset
picture = exists("picture") ? picture : "svg"
if (picture eq "svg") {{
  set terminal svg size {1},{2} font "sans,13" background "white" name "{5}"
}} else {{
  set terminal pdfcairo size {3:.2f}in,{4:.2f}in font "sans,9"
}}
set output "{0}.".picture
set encoding utf8
set datafile separator comma
set grid lt 1 lc rgb "#dddddd" lw 0.5 dt 1
set border 3 lc rgb "#555555"
set tics nomirror textcolor rgb "#222222"
set key above center horizontal Left reverse samplen 3 noenhanced autotitle columnhead
set xlabel offset 0,0.4
set title offset 0,-0.4
positive(x) = x > 0 && x < 1e300 ? x : NaN
)gnuplot";

constexpr const char* kColours[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                    "#56b4e9", "#000000", "#e69f00", "#666666"};
constexpr const char* kDashes[] = {"1", "2", "4", "3", "5", "(2,3)", "(20,4)", "(8,3,2,3,2,3)"};
constexpr int kPoints[] = {7, 5, 9, 11, 13, 4, 6, 8, 10, 12, 14, 1, 2, 3, 15, 7};

/// The second round of colours has other dashes and points.
std::string line_types() {
  std::string text;
  for (int i = 0; i < kLineTypes; ++i)
    text += fmt::format("set linetype {} lw 2 lc rgb \"{}\" dt {} pt {} ps 0.6\n", i + 1, kColours[i % 8],
                        kDashes[(i + 3 * (i / 8)) % 8], kPoints[i]);
  return text + fmt::format("set linetype cycle {}\n", kLineTypes);
}

}  // namespace

std::string script_head(const std::string& name, int width, int height) {
  std::string identifier = name;  // of the curves in the SVG, so that those of several figures differ
  std::ranges::replace(identifier, '-', '_');
  return fmt::format(kHead, name, width, height, width / 100.0, height / 100.0, identifier) + line_types();
}

std::string script_tail(const std::string& name) {
  return fmt::format("\nunset output\nif (picture eq \"svg\") {{ picture = \"pdf\"; load \"{}.gp\" }}\n", name);
}

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? "''" : std::string(1, c);
  return result + "'";
}

std::string multiplot(const Panels& panels) {
  const double width = panels.width, height = panels.height;
  return fmt::format("set multiplot layout {},{} margins {:.4f},{:.4f},{:.4f},{:.4f} spacing {:.4f},{:.4f}\n",
                     panels.rows, panels.columns, panels.left / width, 1 - 18 / width, panels.bottom / height,
                     1 - (34 + panels.key) / height, panels.spacing_x / width, panels.spacing_y / height);
}

std::string shared_key() { return "set key at screen 0.5, screen 0.985 center top vertical maxrows 2\n"; }

}  // namespace steq
