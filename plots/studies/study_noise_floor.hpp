// SPDX-License-Identifier: MIT
#pragma once

#include "plots/tables/noise_floor.hpp"

namespace steq {

/// The noise floor of every comparison of a study, by study.json alone: values are medians over the seeds, verdicts
/// weigh seed by seed.
Table study_noise_floor(const nlohmann::ordered_json& study);

}  // namespace steq
