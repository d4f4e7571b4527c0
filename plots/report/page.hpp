// SPDX-License-Identifier: MIT
// A report as one HTML page that needs nothing else.
#pragma once

#include "plots/report/reported_run.hpp"
#include "plots/report/section.hpp"

namespace steq {

struct Report {
  std::string title;
  std::vector<Section> sections;
};

/// Of one run, or of several side by side; `runs` is not empty. Throws InputError naming a run whose files are not what
/// steq run writes.
Report make_report(const Runs& runs);

std::string html_page(const Report& report);

}  // namespace steq
