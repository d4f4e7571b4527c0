// SPDX-License-Identifier: MIT
// Figures as files: data, gnuplot script, SVG and PDF.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "plots/figures/figure.hpp"

namespace steq {

/// Writes folder/NAME.csv, folder/NAME.gp and, where gnuplot is installed, folder/NAME.svg and folder/NAME.pdf; the
/// script draws both pictures anew when it is run in that folder. Returns {"name", "title", "caption", "alt", "files"}.
/// Throws IoError where a file cannot be written or gnuplot reports an error.
Json draw_figure(const std::filesystem::path& folder, const FigureInfo& info, const Drawing& drawing);

/// Draws every registered figure that the run holds enough for into run_directory/figures, with an index.json that
/// lists them as draw_figure returns them, which is also returned. Where names are given, only those, and no index.
/// One that fails does not stop the others: the IoError after the last one names all that failed. Throws InputError as
/// StoredRun does.
Json draw_figures(const StoredRun& run, const std::vector<std::string>& only = {});
Json draw_figures(const std::filesystem::path& run_directory, const std::vector<std::string>& only = {});

}  // namespace steq
