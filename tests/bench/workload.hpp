// SPDX-License-Identifier: MIT
// What the training benchmark trains.
#pragma once

#include <string>
#include <vector>

#include "sim/data/dataset.hpp"
#include "sim/nn/spec.hpp"
#include "sim/training/learner.hpp"

namespace steq::bench {

/// What a model is usually trained on.
struct Task {
  SampleShape image;
  std::size_t classes;
  std::size_t batch;
};
Task task_of(const std::string& model);

/// The model for its task, with `width` times the channels and features in every layer but the last. InputError naming
/// the models where there is none of that name.
ModelSpec model_for(const std::string& name, std::size_t width = 1);

/// Random images and labels: 16 MiB of them, at least one batch.
Dataset random_images(const Task& task, std::size_t batch);

struct Training {
  int bits = 2;
  std::string optimizer = "sgd";  ///< with momentum 0.9 and rate 0.01, or adam with rate 0.001
  std::size_t learners = 2;
  bool rounding = false;  ///< every learner is the control that rounds otherwise
};

/// Learners with equal initial weights; dsq and ste take turns as their estimators.
std::vector<LearnerSetup> learners_of(const ModelSpec& model, const Training& training);

}  // namespace steq::bench
