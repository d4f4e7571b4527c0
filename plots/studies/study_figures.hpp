// SPDX-License-Identifier: MIT
// Figures over the runs of a study, drawn from study.json alone: one file, and one line in study_figures.cpp.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "plots/figures/figure.hpp"

namespace steq {

struct StudyFigure {
  FigureInfo info;  ///< the name is that of "figure": {"type": NAME}
  /// Nothing where the study holds nothing to draw.
  std::function<std::optional<Drawing>(const Json& study)> draw;
};

std::vector<std::string> study_figure_names();

/// Draws the figure that the study asks for into directory/figures, with an index.json as draw_figures() writes it;
/// nothing where it asks for none. Throws IoError as draw_figure() does.
void draw_study_figure(const Json& study, const std::filesystem::path& directory);

}  // namespace steq
