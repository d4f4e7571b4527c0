// SPDX-License-Identifier: MIT
// `steq report`: one HTML page, and tables for papers, from run directories.
#pragma once

#include <string>
#include <vector>

#include "records/named_control.hpp"

namespace steq {

struct ReportOptions {
  std::vector<std::string> runs;  ///< run directories, at least one
  std::string file = {};          ///< of the page; where empty RUN/report.html, or report.html for several runs
  std::string latex = {};         ///< directory for the tables as NAME.tex, NAME.md and NAME.csv; none where empty
  NamedControls controls = {};    ///< learners of a run that the user calls controls
};

struct ReportResult {
  std::string file;                  ///< of the page
  std::vector<std::string> remarks;  ///< what else to tell the user, as a figure that could not be drawn
};

/// Tables and figures of a single run are made first, in the run directory. Throws InputError with every directory that
/// is none of a training run, and where no run has the learners of a control; IoError where the page or a table cannot
/// be written.
ReportResult write_report(const ReportOptions& options);

}  // namespace steq
