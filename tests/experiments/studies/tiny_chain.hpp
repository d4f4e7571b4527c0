// SPDX-License-Identifier: MIT
#pragma once

#include "tiny_study.hpp"

namespace steq::testing {

/// The tiny experiment, from whose learner q-hat two others go on for six steps; with two seeds.
inline Json tiny_chain() {
  Json study = Json::parse(R"({
    "kind": "study", "name": "chain", "description": "One after the other.", "seeds": [1, 2],
    "set": {"record.weights_every_epochs": 0},
    "variants": [{"name": "two", "stages": [
      {"name": "pre"},
      {"name": "fine", "set": {
        "init.file": "stage:pre/q-hat", "optimizer.learning_rate": 0.05, "steps": 6,
        "learners": [{"name": "on", "estimator": "ste"}, {"name": "off", "estimator": "dsq"}],
        "compare": [["on", "off"]]}}]}],
    "quick": {"seeds": [7], "set": {"steps": 4}}
  })");
  study["base"] = tiny();
  return study;
}

/// The same with the value at a JSON pointer replaced.
inline Json tiny_chain_with(const std::string& pointer, const Json& value) {
  Json study = tiny_chain();
  study[Json::json_pointer(pointer)] = value;
  return study;
}

}  // namespace steq::testing
