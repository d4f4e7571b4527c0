// SPDX-License-Identifier: MIT
#include "plots/figures/draw_figures.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/figures/gnuplot.hpp"
#include "plots/figures/style.hpp"
#include "records/files.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

std::string data_file(const std::string& name, const FigureData& data) {
  return data.suffix.empty() ? name + ".csv" : fmt::format("{}-{}.csv", name, data.suffix);
}

std::string script_of(const std::string& name, const Drawing& drawing) {
  std::string files;
  for (const FigureData& data : drawing.data)
    files += fmt::format("{} = \"{}\"\n", data.suffix.empty() ? "data" : "data_" + data.suffix, data_file(name, data));
  return script_head(name, drawing.width, drawing.height) + files + "\n" + drawing.commands + script_tail(name);
}

/// Nothing too for learners of different networks, which other programs may have recorded together.
std::optional<Drawing> draw(const Figure& figure, const StoredRun& run) {
  try {
    return figure.draw(run);
  } catch (const DomainError&) {
    return std::nullopt;
  }
}

}  // namespace

Json draw_figure(const fs::path& folder, const FigureInfo& info, const Drawing& drawing) {
  fs::create_directories(folder);
  Json files = Json::array();
  for (const FigureData& data : drawing.data) {
    const std::string file = data_file(info.name, data);
    write_file_atomically((folder / file).string(), to_csv(data.table));
    files.push_back(file);
  }
  const auto picture = run_gnuplot(folder, info.name, script_of(info.name, drawing));
  for (const char* ending : {".gp", ".svg", ".pdf"})
    if (picture || std::string(ending) == ".gp") files.push_back(info.name + ending);
  return {
      {"name", info.name}, {"title", info.title}, {"caption", info.caption}, {"alt", drawing.alt}, {"files", files}};
}

Json draw_figures(const fs::path& run_directory, const std::vector<std::string>& only) {
  return draw_figures(StoredRun(run_directory), only);
}

Json draw_figures(const StoredRun& run, const std::vector<std::string>& only) {
  const fs::path folder = run.directory() / "figures";
  Json index = Json::array();
  std::string failures;
  for (const Figure& figure : figure_registry()) {
    if (!only.empty() && std::ranges::find(only, figure.info.name) == only.end()) continue;
    try {
      if (const auto drawing = draw(figure, run)) index.push_back(draw_figure(folder, figure.info, *drawing));
    } catch (const IoError& error) {
      failures += (failures.empty() ? "" : "; ") + std::string(error.what());
    }
  }
  if (only.empty()) {
    fs::create_directories(folder);
    write_file_atomically((folder / "index.json").string(), file_text(index));
  }
  if (!failures.empty()) throw IoError(folder.string(), failures);
  return index;
}

}  // namespace steq
