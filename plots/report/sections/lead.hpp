// SPDX-License-Identifier: MIT
#pragma once

#include "plots/report/reported_run.hpp"

namespace steq {

/// What a run says, in a sentence for each pair that is declared equivalent; at least one sentence.
std::vector<std::string> lead_sentences(const ReportedRun& run);

}  // namespace steq
