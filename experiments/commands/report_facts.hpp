// SPDX-License-Identifier: MIT
#pragma once

#include "plots/report/reported_run.hpp"

namespace steq {

/// What steq check says of the run, and the citations of its plug-ins; as much of both as its files allow. Throws
/// InputError where config.json is damaged.
ReportFacts report_facts(const std::string& directory);

}  // namespace steq
