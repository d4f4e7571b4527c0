// SPDX-License-Identifier: MIT
#include "plots/report/page.hpp"

#include <fmt/format.h>

#include "plots/figures/line_styles.hpp"
#include "plots/report/assets.hpp"
#include "plots/report/html.hpp"
#include "plots/report/sections.hpp"
#include "records/build_info.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

std::string contents(const std::vector<Section>& sections) {
  std::string html;
  for (const Section& section : sections)
    html += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", escaped(section.id), escaped(section.title));
  return html;
}

std::string body(const std::vector<Section>& sections) {
  std::string html;
  for (const Section& section : sections)
    html += fmt::format(
        "<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}</h2>\n{2}"
        "</section>\n",
        escaped(section.id), escaped(section.title), section.html);
  return html;
}

/// The table of line styles for the browser: colours as --series-1, --series-2, ... on light and on dark pages.
std::string colours() {
  std::string light, dark;
  for (std::size_t i = 0; i < line_styles().size(); ++i) {
    light += fmt::format(" --series-{}: {};", i + 1, line_styles()[i].colour);
    dark += fmt::format(" --series-{}: {};", i + 1, line_styles()[i].dark);
  }
  return fmt::format(":root {{{}}}\n@media (prefers-color-scheme: dark) {{ :root {{{}}} }}\n", light, dark);
}

std::string scripts() {
  Json dashes = Json::array();
  for (const LineStyle& style : line_styles()) dashes.push_back(style.dashes);
  std::string text = std::string(asset("data.js")) + "const kDashes = " + dashes.dump() + ";\n";
  for (const char* name : {"tables.js", "plot.js", "curves.js", "explorer.js"}) text += asset(name);
  return text;
}

}  // namespace

Report make_report(const Runs& runs) {
  try {
    if (runs.size() == 1) return {runs[0]->name(), run_sections(*runs[0])};
    label_by_directory(runs);
    return {fmt::format("{} runs", runs.size()), sweep_sections(runs)};
  } catch (const Json::exception& error) {
    std::vector<std::string> directories;
    for (const auto& run : runs) directories.push_back(run->stored().directory().string());
    throw InputError(join(directories), fmt::format("is not what steq run writes: {}", error.what()));
  }
}

std::string html_page(const Report& report) {
  return filled(asset("page.html"),
                {{"title", escaped(report.title)},
                 {"style", std::string(asset("dygraph.min.css")) + colours() + std::string(asset("report.css"))},
                 {"contents", contents(report.sections)},
                 {"sections", body(report.sections)},
                 {"version", escaped(build_info().version)},
                 {"notice", escaped(asset("dygraphs-notice.txt"))},
                 {"dygraphs", std::string(asset("dygraph.min.js"))},
                 {"scripts", scripts()}});
}

}  // namespace steq
