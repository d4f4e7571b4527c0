// SPDX-License-Identifier: MIT
#include "experiments/entry/run_state.hpp"

#include <map>

namespace steq {
namespace {

constexpr const char* kForce = "exists; use --force to replace it, or another --out";
constexpr const char* kForeign =
    "exists and is not a run directory: steq has not written all that is in it, and replaces "
    "only what it has; allowed: another --out";
constexpr const char* kInterrupted = "exists and was interrupted; --resume goes on with it, --force replaces it";
constexpr const char* kReplacing =
    "is of a run that was cut off on its way to replace what is there; --resume goes on with it, --force begins again";
constexpr const char* kNoCheckpoint = "has no checkpoint to go on from; allowed: --resume-or-start, which begins again";
constexpr const char* kNothing =
    "is not there; allowed: the directory of a run that was interrupted or cut off, or "
    "--resume-or-start";
constexpr const char* kComplete = "is complete: nothing is left to go on with; --force runs it again";
constexpr const char* kAnother = "holds another run ({}); allowed: an --out of its own, or --force";

const Decision begin{Action::begin}, go_on{Action::go_on}, nothing{Action::nothing};
Decision refuse(const char* text) { return {Action::refuse, text}; }

/// A state's decisions for the wishes begin, resume, either and replace.
struct Decisions {
  Decision begin, resume, either, replace;
};

const std::map<RunState, Decisions>& table() {
  static const std::map<RunState, Decisions> rows{
      {RunState::none, {begin, refuse(kNothing), begin, begin}},
      {RunState::cut_off, {begin, refuse(kNoCheckpoint), begin, begin}},
      {RunState::saved, {go_on, go_on, go_on, begin}},
      {RunState::replacing, {refuse(kReplacing), go_on, go_on, begin}},
      {RunState::interrupted, {refuse(kInterrupted), go_on, go_on, begin}},
      {RunState::stopped, {refuse(kForce), refuse(kNoCheckpoint), begin, begin}},
      {RunState::complete, {refuse(kForce), refuse(kComplete), nothing, begin}},
      {RunState::another, {refuse(kAnother), refuse(kAnother), refuse(kAnother), begin}},
      {RunState::foreign, {refuse(kForeign), refuse(kForeign), refuse(kForeign), refuse(kForeign)}},
  };
  return rows;
}

}  // namespace

Decision decide(RunState state, Wish wish) {
  const Decisions& row = table().at(state);
  switch (wish) {
    case Wish::begin:
      return row.begin;
    case Wish::resume:
      return row.resume;
    case Wish::either:
      return row.either;
    case Wish::replace:
      return row.replace;
  }
  return {};
}

std::vector<RunState> run_states() {
  std::vector<RunState> states;
  for (const auto& [state, row] : table()) states.push_back(state);
  return states;
}

std::vector<Wish> wishes() { return {Wish::begin, Wish::resume, Wish::either, Wish::replace}; }

}  // namespace steq
