// SPDX-License-Identifier: MIT
#include "sim/processes/learning_processes.hpp"

#include <catch2/catch.hpp>

#include "sim/core/errors.hpp"

using namespace steq;

namespace {

std::vector<Level> levels_of(const LearningProcess& process) { return {process.levels.begin(), process.levels.end()}; }
std::vector<Step> steps_of(const LearningProcess& process) { return {process.steps.begin(), process.steps.end()}; }

}  // namespace

TEST_CASE("every weight's process starts at its initial level and lists its own changes in order", "[processes]") {
  ChangePointLog log({3, 1, 2});
  log.append({0, 1, 2});
  log.append({2, 1, 1});
  log.append({2, 4, 0});
  log.append({0, 7, 3});
  const LearningProcesses processes(log);
  REQUIRE(processes.weights() == 3);
  CHECK(levels_of(processes[0]) == std::vector<Level>{3, 2, 3});
  CHECK(steps_of(processes[0]) == std::vector<Step>{0, 1, 7});
  CHECK(levels_of(processes[1]) == std::vector<Level>{1});
  CHECK(steps_of(processes[1]) == std::vector<Step>{0});
  CHECK(processes[1].changes() == 0);
  CHECK(levels_of(processes[2]) == std::vector<Level>{2, 1, 0});
  CHECK(steps_of(processes[2]) == std::vector<Step>{0, 1, 4});
}

TEST_CASE("neighbours of a tensor have the same processes as within the whole", "[processes]") {
  ChangePointLog log({3, 1, 2, 0});
  log.append({1, 1, 2});
  log.append({3, 1, 1});
  log.append({2, 2, 1});
  log.append({1, 5, 0});
  const LearningProcesses all(log), middle(log, process_offsets(log), 1, 3);
  REQUIRE(middle.weights() == 2);
  for (const std::size_t weight : {0, 1}) {
    CHECK(levels_of(middle[weight]) == levels_of(all[weight + 1]));
    CHECK(steps_of(middle[weight]) == steps_of(all[weight + 1]));
  }
}

TEST_CASE("a tensor without weights has no processes", "[processes]") {
  CHECK(LearningProcesses(ChangePointLog{}).weights() == 0);
}

TEST_CASE("a log that names a weight beyond its tensor is refused", "[processes]") {
  ChangePointLog log({0, 0});
  log.append({2, 1, 1});
  CHECK_THROWS_AS(LearningProcesses(log), DomainError);
}

TEST_CASE("a million change points are sorted by weight", "[processes]") {
  constexpr WeightIndex weights = 1000;
  constexpr Step steps = 1000;
  ChangePointLog log(std::vector<Level>(weights, 0));
  for (Step step = 1; step <= steps; ++step)
    for (WeightIndex weight = 0; weight < weights; ++weight)
      log.append({weight, step, static_cast<Level>((step * 7 + weight) % 16)});
  const LearningProcesses processes(log);
  for (const WeightIndex weight : {0u, 1u, 499u, 999u}) {
    REQUIRE(processes[weight].changes() == steps);
    for (Step step = 1; step <= steps; ++step) {
      REQUIRE(processes[weight].steps[step] == step);
      REQUIRE(processes[weight].levels[step] == static_cast<Level>((step * 7 + weight) % 16));
    }
  }
}
