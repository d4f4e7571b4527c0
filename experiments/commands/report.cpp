// SPDX-License-Identifier: MIT
#include "experiments/commands/report.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "experiments/analysis/analyse.hpp"
#include "experiments/commands/report_facts.hpp"
#include "plots/figures/draw_figures.hpp"
#include "plots/report/page.hpp"
#include "plots/tables/latex.hpp"
#include "records/files.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

/// Tables and figures that steq run leaves out, as well as those of older runs. A page without them is better than
/// none.
void complete(const fs::path& directory, std::vector<std::string>& remarks) {
  const auto attempt = [&](const char* what, const auto& work) {
    try {
      work(directory);
    } catch (const IoError& error) {
      remarks.push_back(fmt::format("not every {} could be made: {}", what, error.what()));
    } catch (const fs::filesystem_error& error) {
      remarks.push_back(fmt::format("not every {} could be made: {}", what, error.code().message()));
    }
  };
  attempt("table", analyse);
  attempt("figure", [](const fs::path& run) { draw_figures(run); });
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
  if (runs.size() == 1) complete(options.runs[0], result.remarks);
  const Report report = make_report(runs);
  write_file_atomically(result.file, html_page(report));
  if (!options.latex.empty()) write_tables(options.latex, report.sections);
  return result;
}

}  // namespace steq
