// SPDX-License-Identifier: MIT
#pragma once

#include "records/json_values.hpp"

namespace steq {

/// Holds the study against each of [{"value": "PAIR: NAME", "at_least", "at_most", "times": "PAIR: NAME"}]: whether the
/// median of the value over the seeds lies between the two bounds, which are multiples of the median of "times" where
/// that is given. Returns them with "measured", "low", "high" (null where undefined) and "holds"; what is undefined
/// does not hold.
Json met_expectations(const Json& study, const Json& expectations);

}  // namespace steq
