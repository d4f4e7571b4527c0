// SPDX-License-Identifier: MIT
// The parts of a report: each a function and a line in sections.cpp; a part of one run shares its file with that of
// several.
#pragma once

#include <optional>

#include "plots/report/reported_run.hpp"
#include "plots/report/section.hpp"

namespace steq {

/// Of one run, in the order of the page; what the run holds nothing of is left out.
std::vector<Section> run_sections(const ReportedRun& run);

/// Of several runs side by side.
std::vector<Section> sweep_sections(const Runs& runs);

}  // namespace steq
