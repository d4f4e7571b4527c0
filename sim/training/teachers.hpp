// SPDX-License-Identifier: MIT
// Networks that learners are taught by.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "sim/nn/network.hpp"
#include "sim/training/initial_weights.hpp"

namespace steq {

/// A network that nothing changes; its weights are not quantized.
struct TeacherSetup {
  ModelSpec model;
  TensorValues weights;     ///< of all its tensors
  TensorValues statistics;  ///< of its norms
};

/// Which learner has which; equal pointers are one teacher.
using TeacherOfLearner = std::vector<std::shared_ptr<const TeacherSetup>>;

/// Of a cohort. A teacher that several learners have sees a batch once.
template <class T>
class Teachers {
 public:
  /// `of` [learners], null where one has none. InputError where a teacher's layers do not fit each other.
  Teachers(const TeacherOfLearner& of, std::size_t batch_size, int threads);

  /// Shows a training batch, as it is augmented, to all of them.
  void see(const Batch& batch);
  /// What that learner's teacher made of it, [samples, classes]; null where it has none.
  const T* logits(std::size_t learner) const;
  /// What it makes of other data; empty where there is none.
  std::vector<T> logits(std::size_t learner, const Dataset& data);

  bool same(std::size_t a, std::size_t b) const { return teacher_of_[a] == teacher_of_[b]; }

 private:
  /// Its own network: a teacher need not be built as its students are.
  struct Teacher {
    Teacher(const TeacherSetup& setup, std::size_t batch_size, int threads);
    LearnerArrays<T> arrays();

    Network<T> network;
    std::vector<Buffer<T>> weights, statistics;
    std::vector<T> logits;  // [batch size, classes]
  };

  std::vector<std::unique_ptr<Teacher>> teachers_;
  std::vector<Teacher*> teacher_of_;  // [learner]
};

}  // namespace steq
