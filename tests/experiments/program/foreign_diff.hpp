// SPDX-License-Identifier: MIT
// diff called on what other programs have recorded.
#pragma once

#include "tests/records/foreign_log.hpp"
#include "tiny.hpp"

namespace steq::testing {

struct Told {
  int code;
  std::string out, err;
};

inline Told diffed(const Playground& playground, Words arguments) {
  arguments.insert(arguments.begin(), "diff");
  const Outcome outcome = playground.steq(arguments);
  return {outcome.code, outcome.out, outcome.err};
}

/// The first pair of the document.
inline Json pair_of(const Playground& playground, Words arguments) {
  arguments.push_back("--json");
  const Told told = diffed(playground, arguments);
  INFO(told.err);
  REQUIRE(told.code <= 1);
  return Json::parse(told.out)["pairs"][0];
}

/// A weight moves from level 0 to 1 at each of these steps, weight after weight.
inline ForeignTensor moving(const std::vector<double>& steps, std::size_t weights = 8) {
  ForeignTensor tensor{.initial = std::vector<double>(weights, 0)};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    tensor.weight.push_back(static_cast<double>(i));
    tensor.step.push_back(steps[i]);
    tensor.level.push_back(1);
  }
  return tensor;
}

}  // namespace steq::testing
