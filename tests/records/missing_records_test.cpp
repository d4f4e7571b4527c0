// SPDX-License-Identifier: MIT
#include "records/missing_records.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "tests/sim/metrics/random_pair.hpp"

using namespace steq;
using Names = std::vector<std::string>;

TEST_CASE("a learner of which everything was recorded lacks nothing for any metric", "[stored]") {
  const test::RandomPair pair(1, 10);
  for (const auto& entry : metric_registry().entries()) {
    CAPTURE(entry.info.name);
    CHECK(missing_records(pair.a, entry.info.name).empty());
    CHECK_FALSE(records_needed(entry.info.name).empty());
  }
}

TEST_CASE("what is missing is named by its place in the log, for the metrics that need it", "[stored]") {
  const test::RandomPair pair(1, 10);
  LearnerTrace learner = pair.a;
  const std::string first = learner.tensors[0].name;
  learner.tensors[0].grid.levels.clear();
  learner.tensors[0].path_length = std::numeric_limits<double>::quiet_NaN();
  learner.logits.clear();
  CHECK(missing_records(learner, "alignment_error_per_bin") == Names{"/" + learner.name + "/" + first + "/levels"});
  CHECK(missing_records(learner, "weight_alignment_error") == Names{"/" + learner.name + "/" + first + "/path_length"});
  CHECK(missing_records(learner, "alignment_error_per_displacement").empty());
  CHECK(missing_records(learner, "inference_agreement") == Names{"/" + learner.name + "/test_logits"});
  CHECK(missing_records(learner, "change_point_sequence_agreement").empty());
  for (TensorTrace& tensor : learner.tensors) tensor.final.clear();
  CHECK(missing_records(learner, "alignment_error_per_displacement") ==
        Names{first + " in weights/" + learner.name + "-final.safetensors (and " +
              std::to_string(learner.tensors.size() - 1) + " more tensors)"});
}

TEST_CASE("where gradients were masked is in no log, and so not missing there", "[stored]") {
  const test::RandomPair pair(1, 10);
  LearnerTrace learner = pair.a;
  learner.tensors[0].reach = std::numeric_limits<double>::quiet_NaN();
  CHECK(missing_records(learner, "mask_mismatch_share").empty());
}
