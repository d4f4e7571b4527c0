// SPDX-License-Identifier: MIT
#include "experiments/commands/report.hpp"

#include <filesystem>

#include "experiments/commands/report_facts.hpp"
#include "plots/figures/draw_figures.hpp"
#include "plots/report/page.hpp"
#include "records/files.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

/// A page without figures is better than none.
void draw_missing_figures(const fs::path& directory, std::vector<std::string>& remarks) {
  std::error_code missing;
  if (fs::is_regular_file(directory / "figures" / "index.json", missing)) return;
  try {
    draw_figures(directory);
  } catch (const IoError& error) {
    remarks.push_back(std::string("not every figure could be drawn: ") + error.what());
  } catch (const fs::filesystem_error& error) {
    remarks.push_back(std::string("no figures: ") + error.what());
  }
}

Runs read_runs(const std::vector<std::string>& directories) {
  Runs runs;
  std::vector<Problem> problems;
  for (const std::string& directory : directories)
    collect(problems, [&] { runs.push_back(std::make_unique<ReportedRun>(directory, report_facts(directory))); });
  throw_if_any(problems);
  return runs;
}

void write_tables(const fs::path& folder, const std::vector<Section>& sections) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw IoError(folder.string(), "cannot make the directory: " + error.message());
  for (const Section& section : sections)
    for (const auto& [name, table] : section.tables) {
      write_file_atomically((folder / (name + ".tex")).string(), to_latex(table, "tab:" + name));
      write_file_atomically((folder / (name + ".md")).string(), to_markdown(table));
      write_file_atomically((folder / (name + ".csv")).string(), to_csv(table));
    }
}

std::string file_of(const ReportOptions& options) {
  if (!options.file.empty()) return options.file;
  return options.runs.size() == 1 ? (fs::path(options.runs[0]) / "report.html").string() : "report.html";
}

}  // namespace

ReportResult write_report(const ReportOptions& options) {
  const Runs runs = read_runs(options.runs);
  ReportResult result{.file = file_of(options), .remarks = {}};
  if (runs.size() == 1) draw_missing_figures(options.runs[0], result.remarks);
  const Report report = make_report(runs);
  write_file_atomically(result.file, html_page(report));
  if (!options.latex.empty()) write_tables(options.latex, report.sections);
  return result;
}

}  // namespace steq
