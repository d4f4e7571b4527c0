// SPDX-License-Identifier: MIT
// When a training run writes its state down, and how it goes on from there.
#pragma once

#include <chrono>
#include <functional>

#include "records/checkpoint.hpp"
#include "records/run_directory.hpp"
#include "sim/core/archive.hpp"
#include "sim/core/types.hpp"

namespace steq {

/// 0 means never.
struct CheckpointTimes {
  Step steps = 0;
  double minutes = 10;
};

class Checkpoints {
 public:
  /// `facts` are checkpoint_facts(); `archive` writes or reads the whole state of the run.
  Checkpoints(Json facts, RunDirectory& directory, const CheckpointTimes& times, std::function<void(Archive&)> archive);

  /// Writes a checkpoint where one is due. Throws IoError.
  void after_step(Step step);
  /// Writes one now. From the first step on the directory stays, whatever happens. Throws IoError.
  void write(Step step);

  /// The step of the newest one; 0 where there is none.
  Step newest() const { return newest_; }

  /// Takes the state of a checkpoint; returns what to tell the user, if anything.
  std::string resume(FoundCheckpoint found);

 private:
  Json facts_;
  RunDirectory& directory_;
  CheckpointTimes times_;
  std::function<void(Archive&)> archive_;
  Step newest_ = 0;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace steq
