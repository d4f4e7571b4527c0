// SPDX-License-Identifier: MIT
#pragma once

#include "plots/report/reported_run.hpp"

namespace steq {

/// What a run says, in a sentence for each pair that is declared equivalent; at least one sentence.
std::vector<std::string> lead_sentences(const ReportedRun& run);

/// What speaks against reading more into it, a sentence each: assumptions of theory that fail for a pair declared
/// equivalent, and learners that are at chance level.
std::vector<std::string> caution_sentences(const ReportedRun& run);

}  // namespace steq
