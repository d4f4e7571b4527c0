// SPDX-License-Identifier: MIT
#pragma once

#include "experiments/config/config.hpp"
#include "tests/experiments/temporary_directory.hpp"

namespace steq::testing {

/// A small valid config, into which tests put their mistakes.
inline Json example() {
  return Json::parse(R"({
    "data": {"dataset": "mnist", "path": "DIR"},
    "model": "mnist-convnet",
    "optimizer": {"type": "sgd", "learning_rate": 0.1},
    "batch_size": 10,
    "learners": [{"name": "a", "estimator": "dsq"}, {"name": "b", "estimator": "ste"}]
  })");
}

/// What the reader says of the example with `value` at the JSON pointer; an empty value removes what is there.
inline std::string refusal(const std::string& pointer, const std::string& value) {
  Json document = example();
  const Json::json_pointer place(pointer);
  if (value.empty())
    document[place.parent_pointer()].erase(place.back());
  else
    document[place] = Json::parse(value);
  return message<InputError>([&] { read_config(document, "c.json"); });
}

inline ExperimentConfig with(const std::string& pointer, const std::string& value) {
  Json document = example();
  document[Json::json_pointer(pointer)] = Json::parse(value);
  return read_config(document, "c.json");
}

}  // namespace steq::testing
