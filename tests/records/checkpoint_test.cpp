// SPDX-License-Identifier: MIT
#include "records/checkpoint.hpp"

#include <catch2/catch.hpp>

#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Contains;
using testing::get;
using testing::put;
using testing::TemporaryDirectory;

namespace {

Checkpoint numbered(int step) { return {{{"step", step}}, "state of " + std::to_string(step)}; }

int step_of(const std::optional<FoundCheckpoint>& found) { return found->checkpoint.about["step"].get<int>(); }

}  // namespace

TEST_CASE("The newest checkpoint is found, and the one before it where that is damaged or missing", "[checkpoint]") {
  const TemporaryDirectory temporary;
  const auto newest = temporary.path() / "checkpoint";
  CHECK_FALSE(find_checkpoint(temporary.path()));
  write_checkpoint(temporary.path(), numbered(3));
  write_checkpoint(temporary.path(), numbered(6));
  const auto found = find_checkpoint(temporary.path());
  CHECK(step_of(found) == 6);
  CHECK(found->checkpoint.state == "state of 6");
  CHECK(found->remark.empty());

  const std::string whole = get(newest);
  for (std::size_t i = 0; i < whole.size(); ++i) {  // every byte matters
    std::string damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    put(newest, damaged);
    const auto earlier = find_checkpoint(temporary.path());
    REQUIRE(step_of(earlier) == 3);
    CHECK_THAT(earlier->remark, Contains("damaged"));
    put(newest, whole.substr(0, i));
    REQUIRE(step_of(find_checkpoint(temporary.path())) == 3);
  }
  std::filesystem::remove(newest);
  CHECK(step_of(find_checkpoint(temporary.path())) == 3);
  CHECK_THAT(find_checkpoint(temporary.path())->remark, Contains("missing"));
}

TEST_CASE("Where all are damaged, both are named", "[checkpoint]") {
  const TemporaryDirectory temporary;
  put(temporary.path() / "checkpoint", "nonsense");
  put(temporary.path() / "checkpoint.previous", "");
  try {
    find_checkpoint(temporary.path());
    FAIL("not refused");
  } catch (const InputError& error) {
    CHECK(error.problems().size() == 2);
  }
  remove_checkpoints(temporary.path());
  CHECK(std::filesystem::is_empty(temporary.path()));
}

TEST_CASE("A whole file that says nothing of its run is damaged", "[checkpoint]") {
  const TemporaryDirectory temporary;
  write_checkpoint(temporary.path(), {Json::array({1}), "state"});
  CHECK_THROWS_AS(find_checkpoint(temporary.path()), InputError);
}
