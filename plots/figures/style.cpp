// SPDX-License-Identifier: MIT
#include "plots/figures/style.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/figures/line_styles.hpp"

namespace steq {
namespace {

constexpr double kKeySample = 75, kKeyLetter = 8.4;  // pixels
constexpr int kKeyRow = 20;

// Grey, thin and light where nothing is said; `picture` is svg at first, then pdf.
constexpr const char* kScriptHead = R"gnuplot(# gnuplot {0}.gp   draws {0}.svg and {0}.pdf
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

/// As gnuplot writes it: (10,5).
std::string dash_type(const LineStyle& style) {
  return style.dashes.empty() ? "1" : fmt::format("({})", fmt::join(style.dashes, ","));
}

std::string line_types() {
  std::string text;
  const std::vector<LineStyle>& styles = line_styles();
  for (std::size_t i = 0; i < styles.size(); ++i)
    text += fmt::format("set linetype {} lw 2 lc rgb \"{}\" dt {} pt {} ps 0.6\n", i + 1, styles[i].colour,
                        dash_type(styles[i]), styles[i].point);
  return text + fmt::format("set linetype cycle {}\n", styles.size());
}

}  // namespace

std::string script_head(const std::string& name, int width, int height) {
  std::string identifier = name;  // of the curves in the SVG, so that those of several figures differ
  std::ranges::replace(identifier, '-', '_');
  return fmt::format(kScriptHead, name, width, height, width / 100.0, height / 100.0, identifier) + line_types();
}

std::string script_tail(const std::string& name) {
  return fmt::format("\nunset output\nif (picture eq \"svg\") {{ picture = \"pdf\"; load \"{}.gp\" }}\n", name);
}

std::string pale(int line_type) {
  const LineStyle& style = line_styles()[static_cast<std::size_t>(line_type - 1)];
  return fmt::format("lt {} dt 1 lc rgb \"#a0{}\"", line_type, style.colour + 1);
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

std::string shared_key(std::size_t rows) {
  return fmt::format("set key at screen 0.5, screen 0.985 center top vertical maxrows {}\n", rows);
}

std::size_t key_rows(const std::vector<std::string>& titles, int width) {
  std::size_t longest = 1;
  for (const std::string& title : titles) longest = std::max(longest, title.size());
  const double entry = kKeySample + kKeyLetter * static_cast<double>(longest);
  const std::size_t in_a_row = std::max<std::size_t>(1, static_cast<std::size_t>(width / entry));
  return (titles.size() + in_a_row - 1) / in_a_row;
}

int key_height(std::size_t rows) { return 8 + kKeyRow * static_cast<int>(rows); }

}  // namespace steq
