// SPDX-License-Identifier: MIT
#include "records/log_checks.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "records/hdf5_handle.hpp"
#include "records/log_file.hpp"
#include "records/stored_learner.hpp"
#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Contains;
using testing::TemporaryDirectory;

/// HDF5 forgets some memory of its own where it gives up on a damaged file.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libhdf5"; }

namespace {

/// What check_log says of a tensor of 3 weights on levels 0 to 3, starting from 0, 1, 2.
std::string said(const std::vector<ChangePoint>& points, std::vector<Level> initial = {0, 1, 2}) {
  std::vector<WeightIndex> weights;
  std::vector<Step> steps;
  std::vector<Level> levels;
  for (const ChangePoint& point : points) {
    weights.push_back(point.weight);
    steps.push_back(point.step);
    levels.push_back(point.level);
  }
  return testing::message<InputError>([&] { check_log({initial, weights, steps, levels}, 3, "f", "/a/w"); });
}

void write_run(const TemporaryDirectory& directory) {
  LogWriter writer(directory.file("logs.h5"));
  ChangePointLog log(std::vector<Level>(500, 1));
  for (Step step = 1; step <= 200; ++step)
    for (WeightIndex weight = 0; weight < 20; ++weight) log.append({weight, step, static_cast<Level>(1 + step % 2)});
  writer.write_change_points("a", "w", log);
  writer.write_grid("a", "w", {.levels = {-1, 0, 1, 2}, .thresholds = {-0.5, 0.5, 1.5}, .range = 2, .delta = 1});
  writer.close();
}

}  // namespace

TEST_CASE("a log in order is accepted") {
  CHECK(said({}) == "no error");
  CHECK(said({{0, 1, 1}, {2, 1, 3}, {0, 2, 0}, {0, 100'000'000, 3}}) == "no error");
}

TEST_CASE("a log that cannot be is refused at the first wrong value") {
  CHECK(said({}, {0, 4, 1}) == "f: /a/w/initial_levels[1]: level 4 is not allowed; allowed: 0 to 3");
  CHECK(said({}, {0, 1, -1}) == "f: /a/w/initial_levels[2]: level -1 is not allowed; allowed: 0 to 3");
  CHECK(said({{0, 1, 1}, {3, 1, 1}}) == "f: /a/w/change_points[1]: weight 3 is not allowed; allowed: below 3");
  CHECK_THAT(said({{0, 0, 1}}), Contains("change_points[0]: step 0 is not allowed; allowed: 1 to 100000000"));
  CHECK_THAT(said({{0, 4'000'000'000, 1}}), Contains("step 4000000000 is not allowed"));
  CHECK_THAT(said({{0, 1, 4}}), Contains("[0]: level 4 is not allowed; allowed: 0 to 3"));
  CHECK_THAT(said({{0, 2, 1}, {1, 1, 0}}), Contains("[1]: step 1, weight 1 after step 2, weight 0"));
  CHECK_THAT(said({{1, 2, 0}, {0, 2, 1}}), Contains("[1]: step 2, weight 0 after step 2, weight 1"));
  CHECK_THAT(said({{1, 2, 0}, {1, 2, 3}}), Contains("[1]: step 2, weight 1 after step 2, weight 1"));
  CHECK_THAT(said({{0, 1, 1}, {0, 2, 1}}), Contains("[1]: weight 0 stands on level 1 already"));
  CHECK_THAT(said({{2, 1, 2}}), Contains("[0]: weight 2 stands on level 2 already"));
}

TEST_CASE("columns of different lengths are refused") {
  const std::vector<Level> initial{0, 1}, levels{1};
  const std::vector<WeightIndex> weights{0, 1};
  const std::vector<Step> steps{1, 2};
  CHECK(testing::message<InputError>([&] {
          check_log({initial, weights, steps, levels}, 3, "f", "/a/w");
        }) == "f: /a/w/change_points: 2 weights, 2 steps, 1 levels; allowed: equally many");
}

TEST_CASE("a damaged file is read or refused, whatever byte is wrong") {
  const TemporaryDirectory directory;
  write_run(directory);
  const std::string whole = testing::get(directory.file("logs.h5"));
  const auto refused = [&](const std::string& bytes) {
    testing::put(directory.file("logs.h5"), bytes);
    try {
      const StoredRun run(directory.path());
      for (const std::string& name : run.learners()) StoredLearner(run, name);
      return false;
    } catch (const InputError&) {
      return true;
    }
  };
  REQUIRE_FALSE(refused(whole));
  std::mt19937 random(1);
  int refusals = 0;
  for (int i = 0; i < 400; ++i) {
    std::string bytes = whole;
    bytes[random() % bytes.size()] ^= static_cast<char>(1u << random() % 8);
    refusals += refused(bytes);
  }
  CHECK(refusals > 20);
  CHECK(H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL) == 0);  // what we opened is closed again
  for (std::size_t size = 0; size < whole.size(); size += whole.size() / 40) {
    INFO(size);
    CHECK(refused(whole.substr(0, size)));
  }
}
