// SPDX-License-Identifier: MIT
// Learners as configs describe them, for tests.
#pragma once

#include "experiments/config/config.hpp"

namespace steq::test {

inline LearnerConfig configured(const std::string& name, const std::string& estimator, const std::string& optimizer,
                                double learning_rate) {
  LearnerConfig learner;
  learner.name = name;
  learner.quantizer = parse_spec("uniform:bits=2", "");
  learner.estimator = parse_spec(estimator, "");
  learner.storage = parse_spec("latent", "");
  learner.loss.rule = parse_spec("cross-entropy", "");
  learner.optimizer = {parse_spec(optimizer, ""), learning_rate, parse_spec("constant", "")};
  return learner;
}

}  // namespace steq::test
