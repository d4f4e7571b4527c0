// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "sim/metrics/pair_kind.hpp"

namespace steq {

/// Two learners of which the user says that the second is a control of the first.
struct NamedControl {
  PairKind kind;
  std::string a, b;
};

using NamedControls = std::vector<NamedControl>;

}  // namespace steq
