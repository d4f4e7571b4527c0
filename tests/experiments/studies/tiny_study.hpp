// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/studies/study_config.hpp"
#include "tests/experiments/program/tiny.hpp"

namespace steq::testing {

/// The tiny experiment at two learning rates with two seeds: four runs that take a blink each.
inline Json tiny_study() {
  Json study = Json::parse(R"({
    "kind": "study", "name": "small", "description": "Two rates.", "seeds": [1, 2],
    "set": {"record.weights_every_epochs": 0},
    "variants": [{"name": "rate", "vary": {"optimizer.learning_rate": [0.1, 0.2]}}],
    "tables": [{"name": "low", "columns": [{"title": "Default", "of": "rate-0.1: q-hat / ste"},
                                           {"title": "Other seed", "of": "rate-0.1: q-hat / other seed"}]}],
    "quick": {"seeds": [7], "set": {"steps": 4}, "variants": ["rate-0.1"]}
  })");
  study["base"] = tiny();
  return study;
}

}  // namespace steq::testing
