// SPDX-License-Identifier: MIT
#include "plots/figures/level_figure.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/figures/drawn_picture.hpp"
#include "plots/figures/line_styles.hpp"
#include "plots/figures/style.hpp"

namespace steq {
namespace {

constexpr int kColumnsOfLevels = 3;

std::string level_table(std::size_t index, const LevelPanel& panel) {
  std::string text = fmt::format("$panel{} << END\n", index);
  for (std::size_t i = 0; i < panel.shares.size(); ++i)
    text += fmt::format("{:.6g},{:.6g},{:.6g}\n", panel.low + panel.width * (static_cast<double>(i) + 0.5),
                        panel.shares[i], panel.quantized[i]);
  return text + "END\n";
}

/// Levels are upright lines; where there are too many for that, a second histogram has the values.
std::string level_panel(std::size_t index, const LevelPanel& panel) {
  std::string text = fmt::format("unset arrow\nset title {} noenhanced\n", quoted(panel.title));
  text += fmt::format("set xrange [{:.6g}:{:.6g}]\n", panel.low,
                      panel.low + panel.width * static_cast<double>(panel.shares.size()));
  for (const double level : panel.levels)
    text += fmt::format(
        "set arrow from first {0:.6g}, graph 0 to first {0:.6g}, graph 1 nohead front lw 1.2 lc rgb "
        "\"{1}\"\n",
        level, line_styles()[0].colour);
  text += fmt::format("plot $panel{} using 1:2 with boxes fs solid 0.5 noborder lc rgb \"#888888\" notitle", index);
  if (panel.levels.empty()) text += fmt::format(", $panel{} using 1:3 with histeps lt 1 dt 1 lw 1.5 notitle", index);
  return text + "\n";
}

}  // namespace

std::optional<std::string> draw_levels(const std::vector<LevelPanel>& panels) {
  const std::size_t shown = std::min(panels.size(), kMostLevelPanels);
  const int columns = std::min(static_cast<int>(shown), kColumnsOfLevels);
  const int rows = (static_cast<int>(shown) + columns - 1) / columns;
  const int width = 60 + 360 * columns, height = 60 + 260 * rows;
  std::string script = script_head("levels", width, height);
  for (std::size_t i = 0; i < shown; ++i) script += level_table(i, panels[i]);
  script += multiplot({.rows = rows, .columns = columns, .width = width, .height = height, .left = 104}) +
            "set xlabel \"weight\"\nset ylabel \"share of weights\"\nset yrange [0:*]\nset style fill solid\n";
  for (std::size_t i = 0; i < shown; ++i) script += level_panel(i, panels[i]);
  return drawn_picture("levels", script + "unset multiplot\nunset output\n");
}

}  // namespace steq
