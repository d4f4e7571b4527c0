// SPDX-License-Identifier: MIT
// The look that all figures share; line_styles.hpp has its colours.
#pragma once

#include <string>
#include <vector>

namespace steq {

/// The beginning of NAME.gp: terminal (SVG, then PDF), output, line types, grid, key. The first line of a data file is
/// its header. Keys do not take _ and ^ for markup; titles and labels with names in them must say `noenhanced`.
/// `positive(x)` is x, or a gap where a logarithmic axis has no place for it.
std::string script_head(const std::string& name, int width, int height);

/// Its end, which draws the same once more as PDF.
std::string script_tail(const std::string& name);

/// A line type's colour, three eighths of it, for a wide solid line behind another: "lt 2 dt 1 lc rgb ...".
std::string pale(int line_type);

/// As a string of gnuplot in which nothing is special.
std::string quoted(const std::string& text);

/// Panels in a grid, in row order; `unset multiplot` ends them.
struct Panels {
  int rows, columns;
  int width, height;   ///< of the whole picture, pixels
  int key = 0;         ///< pixels kept free above all panels, for `shared_key`
  int left = 78;       ///< pixels left of the first panels
  int bottom = 60;     ///< pixels below the lowest panels, for tics and label
  int spacing_x = 92;  ///< between panels: room for the tics and label of the next one
  int spacing_y = 96;
};

/// `set multiplot` with margins in which labels, tics and titles find room.
std::string multiplot(const Panels& panels);

/// Puts the key of the panel that follows above all panels; later panels want `unset key`.
std::string shared_key(std::size_t rows = 2);

/// How many rows such a key needs for these titles, in a picture of so many pixels: gnuplot cuts off what is too wide.
std::size_t key_rows(const std::vector<std::string>& titles, int width);
/// Pixels that so many rows take.
int key_height(std::size_t rows);

}  // namespace steq
