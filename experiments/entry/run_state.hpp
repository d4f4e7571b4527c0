// SPDX-License-Identifier: MIT
// What is done with a run's directory: one table from what is there and what is wished.
#pragma once

#include <string>
#include <vector>

namespace steq {

/// What is there of a run, in DIR or in DIR.partial (see run_directory.hpp).
enum class RunState {
  none,         ///< nothing, or an empty directory
  cut_off,      ///< DIR.partial without a checkpoint
  saved,        ///< DIR.partial with a checkpoint of this run
  replacing,    ///< the same, beside an earlier DIR
  interrupted,  ///< DIR, which was interrupted, with a checkpoint of this run
  stopped,      ///< DIR, which was interrupted, without a checkpoint
  complete,     ///< DIR of this run, also where it broke down
  another,      ///< of a run with other settings, another build, or damaged
  foreign,      ///< nothing that steq has written
};

/// What the user asks for.
enum class Wish {
  begin,    ///< a run without a word: begins it, and goes on with what a killed one has left
  resume,   ///< --resume
  either,   ///< --resume-or-start, and every run of a study
  replace,  ///< --force
};

enum class Action { begin, go_on, nothing, refuse };

struct Decision {
  Action action = Action::refuse;
  std::string text = {};  ///< why it is refused, to follow the place; of another run with {} for what differs
};

Decision decide(RunState state, Wish wish);

/// All of them, for tests.
std::vector<RunState> run_states();
std::vector<Wish> wishes();

}  // namespace steq
