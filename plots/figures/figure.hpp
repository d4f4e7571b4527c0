// SPDX-License-Identifier: MIT
// A figure of a run directory: one file, and one line in registry.cpp.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "plots/tables/table.hpp"
#include "records/stored_run.hpp"

namespace steq {

/// The numbers of a figure, written beside it as NAME.csv, or NAME-SUFFIX.csv where there is a suffix.
struct FigureData {
  std::string suffix;  ///< empty, or a word of lower-case letters
  Table table;
};

/// What gnuplot is to draw.
struct Drawing {
  std::vector<FigureData> data;
  /// After the common style (plots/figures/style.hpp). The files of `data` are the variables `data` and `data_SUFFIX`.
  std::string commands;
  std::string alt;  ///< what is to be seen, in numbers, for readers who do not see it
  int width = 760;  ///< pixels of the SVG; the PDF has a hundredth of that in inches
  int height = 420;
};

struct FigureInfo {
  std::string name;     ///< of its files; also that of its source file (with _ for -)
  std::string title;    ///< a few words
  std::string caption;  ///< what is drawn and how to read it, plain sentences
};

struct Figure {
  FigureInfo info;
  /// Nothing where the run does not hold what the figure needs.
  std::function<std::optional<Drawing>(const StoredRun&)> draw;
};

/// In the order in which reports show them.
const std::vector<Figure>& figure_registry();

}  // namespace steq
