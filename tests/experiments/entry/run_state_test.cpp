// SPDX-License-Identifier: MIT
#include "experiments/entry/run_state.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

using namespace steq;

namespace {

/// The whole table once more, in the order begin, resume, either, replace: b(egin), g(o on), n(othing), and - for no.
const std::map<RunState, std::string> kExpected{
    {RunState::none, "b-bb"},      {RunState::cut_off, "b-bb"},     {RunState::saved, "gggb"},
    {RunState::replacing, "-ggb"}, {RunState::interrupted, "-ggb"}, {RunState::stopped, "--bb"},
    {RunState::complete, "--nb"},  {RunState::another, "---b"},     {RunState::foreign, "----"},
};

char letter(Action action) {
  switch (action) {
    case Action::begin:
      return 'b';
    case Action::go_on:
      return 'g';
    case Action::nothing:
      return 'n';
    case Action::refuse:
      return '-';
  }
  return '?';
}

}  // namespace

TEST_CASE("Every state and every wish have one decision, and a refusal says why", "[entry]") {
  CHECK(run_states().size() == kExpected.size());
  CHECK(wishes().size() == 4);
  for (const RunState state : run_states()) {
    std::string row;
    for (const Wish wish : wishes()) {
      const Decision decision = decide(state, wish);
      row += letter(decision.action);
      CHECK(decision.text.empty() == (decision.action != Action::refuse));
    }
    CHECK(row == kExpected.at(state));
  }
}

TEST_CASE("What is refused names the flag that would not be", "[entry]") {
  const auto names = [](RunState state, Wish wish, const std::string& flag) {
    const std::string text = decide(state, wish).text;
    CHECK_THAT(text, Catch::Contains(flag));
    return text;
  };
  const std::string interrupted = names(RunState::interrupted, Wish::begin, "--resume");
  CHECK(interrupted.find("--resume") < interrupted.find("--force"));  // the one that loses nothing comes first
  names(RunState::none, Wish::resume, "--resume-or-start");
  names(RunState::cut_off, Wish::resume, "--resume-or-start");
  names(RunState::complete, Wish::resume, "--force");
  names(RunState::complete, Wish::begin, "--force");
  for (const Wish wish : wishes()) CHECK_THAT(decide(RunState::foreign, wish).text, !Catch::Contains("--force"));
}
