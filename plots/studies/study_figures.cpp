// SPDX-License-Identifier: MIT
#include "plots/studies/study_figures.hpp"

#include "plots/figures/draw_figures.hpp"
#include "records/files.hpp"

namespace steq {

namespace figures {
StudyFigure regime_map();
}

namespace {

const std::vector<StudyFigure>& registry() {
  static const std::vector<StudyFigure> all{figures::regime_map()};
  return all;
}

}  // namespace

std::vector<std::string> study_figure_names() {
  std::vector<std::string> names;
  for (const StudyFigure& figure : registry()) names.push_back(figure.info.name);
  return names;
}

void draw_study_figure(const Json& study, const std::filesystem::path& directory) {
  if (study["figure"].is_null()) return;
  const std::filesystem::path folder = directory / "figures";
  Json index = Json::array();
  for (const StudyFigure& figure : registry())
    if (figure.info.name == study["figure"]["type"])
      if (const auto drawing = figure.draw(study)) index.push_back(draw_figure(folder, figure.info, *drawing));
  std::filesystem::create_directories(folder);
  write_file_atomically((folder / "index.json").string(), file_text(index));
}

}  // namespace steq
