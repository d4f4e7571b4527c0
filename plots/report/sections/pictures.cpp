// SPDX-License-Identifier: MIT
// The figures of the run directory.
#include <fmt/format.h>

#include "plots/report/html.hpp"
#include "plots/report/sections.hpp"
#include "plots/report/svg.hpp"
#include "records/files.hpp"
#include "records/json_text.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

/// The drawing of an entry of figures/index.json; empty where gnuplot did not make one.
std::string drawing(const fs::path& folder, const Json& figure) {
  const std::string name = figure.at("name");
  std::error_code error;
  for (const Json& file : figure.at("files")) {
    const fs::path path = folder / fs::path(file.get<std::string>()).filename();
    if (path.extension() == ".svg" && fs::is_regular_file(path, error))
      return inlined(read_file(path.string()), "figure-" + name, figure.value("alt", name));
  }
  return "";
}

}  // namespace

namespace sections {

std::optional<Section> pictures(const ReportedRun& run) {
  const fs::path folder = run.stored().directory() / "figures", index = folder / "index.json";
  std::error_code error;
  if (!fs::is_regular_file(index, error)) return std::nullopt;
  std::string html;
  for (const Json& figure : parse_json(read_file(index.string()), index.string())) {
    const std::string svg = drawing(folder, figure);
    if (svg.empty()) continue;
    html += fmt::format(
        "<figure id=\"figure-{}\"><h3>{}</h3><p class=\"scrolls\">This figure scrolls sideways.</p><div class=\"scroll drawing\" tabindex=\"0\">{}</div><figcaption>{} "
        "<em>{}</em></figcaption></figure>\n",
        escaped(figure.at("name").get<std::string>()), escaped(figure.value("title", "")), svg,
        escaped(figure.value("caption", "")), escaped(figure.value("alt", "")));
  }
  if (html.empty()) return std::nullopt;
  return Section{"figures", "Figures", html};
}

}  // namespace sections
}  // namespace steq
