// SPDX-License-Identifier: MIT
// What the run was made from and what it made: the manifest.
#include "plots/report/html.hpp"
#include "plots/report/sections.hpp"

namespace steq {
namespace {

std::string file_table(const Json& files, const std::string& caption) {
  Table table{.caption = caption, .header = {"file", "bytes", "SHA-256"}, .rows = {}};
  for (const Json& file : files)
    table.rows.push_back({number_text(file.at("file")), number_text(file.at("bytes")), number_text(file.at("sha256"))});
  return table.rows.empty() ? "" : html_table(table);
}

}  // namespace

namespace sections {

std::optional<Section> provenance(const ReportedRun& run) {
  const Json& manifest = run.stored().manifest();
  if (!manifest.is_object()) return std::nullopt;
  std::string html = "<dl class=\"facts\">\n";
  for (const auto& [key, value] : manifest.items())
    if (!value.is_structured()) html += "<dt>" + escaped(key) + "</dt><dd>" + escaped(number_text(value)) + "</dd>\n";
  html += "</dl>\n" + file_table(manifest.value("data", Json::array()), "Data that were read");
  html += folded("Files of the run", file_table(manifest.value("results", Json::array()), "Results"));
  return Section{"manifest", "Manifest", html};
}

}  // namespace sections
}  // namespace steq
