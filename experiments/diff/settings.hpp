// SPDX-License-Identifier: MIT
// The settings of two runs, and only those in which they differ.
#pragma once

#include <string>

#include "records/differences.hpp"

namespace steq {

/// Of two configs, all but names and learners. None where a run has no config.
SettingDifferences config_differences(const Json& a, const Json& b);

/// Of a learner of config `a` and one of config `b`, below "learners.NAME" or "learners.NAME_A/NAME_B".
SettingDifferences learner_differences(const Json& a, const std::string& name_a, const Json& b,
                                       const std::string& name_b);

/// Of two manifests: what the runs were made by, and from which data. Times, paths and threads are no difference.
SettingDifferences build_differences(const Json& a, const Json& b);

}  // namespace steq
