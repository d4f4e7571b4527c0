// SPDX-License-Identifier: MIT
#include "experiments/commands/report.hpp"

#include <fmt/format.h>

#include <algorithm>
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
void complete(const fs::path& directory, const NamedControls& controls, std::vector<std::string>& remarks) {
  const auto attempt = [&](const char* what, const auto& work) {
    try {
      work();
    } catch (const IoError& error) {
      remarks.push_back(fmt::format("not every {} could be made: {}", what, error.what()));
    } catch (const fs::filesystem_error& error) {
      remarks.push_back(fmt::format("not every {} could be made: {}", what, error.code().message()));
    }
  };
  attempt("table", [&] { analyse(directory, controls); });
  const StoredRun run(directory, controls);
  attempt("figure", [&] { draw_figures(run); });
  std::ranges::copy(run.remarks(), std::back_inserter(remarks));
}

Runs read_runs(const ReportOptions& options) {
  Runs runs;
  std::vector<Problem> problems;
  for (const std::string& directory : options.runs)
    collect(problems, [&] {
      runs.push_back(std::make_unique<ReportedRun>(directory, report_facts(directory), options.controls));
    });
  throw_if_any(problems);
  return runs;
}

void check_controls(const NamedControls& controls, const Runs& runs) {
  for (const NamedControl& control : controls) {
    const auto has_both = [&](const auto& run) {
      return run->stored().has_learner(control.a) && run->stored().has_learner(control.b);
    };
    if (std::ranges::none_of(runs, has_both))
      throw InputError(
          "--" + to_text(control.kind),
          fmt::format("\"{},{}\" is not allowed; allowed: two learners of a run; {} has {}", control.a, control.b,
                      runs[0]->stored().directory().string(), join(runs[0]->stored().learners())));
  }
}

std::vector<std::string> remarks_of(const Runs& runs) {
  std::vector<std::string> remarks;
  for (const auto& run : runs) std::ranges::copy(run->stored().remarks(), std::back_inserter(remarks));
  return remarks;
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
  const Runs runs = read_runs(options);
  check_controls(options.controls, runs);
  ReportResult result{.file = file_of(options), .remarks = {}};
  if (runs.size() == 1) complete(options.runs[0], options.controls, result.remarks);
  const Report report = make_report(runs);
  for (std::string& remark : remarks_of(runs))
    if (std::ranges::find(result.remarks, remark) == result.remarks.end()) result.remarks.push_back(std::move(remark));
  write_file_atomically(result.file, html_page(report));
  if (!options.latex.empty()) write_tables(options.latex, report.sections);
  return result;
}

}  // namespace steq
