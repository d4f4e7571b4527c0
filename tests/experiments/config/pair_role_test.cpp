// SPDX-License-Identifier: MIT
#include "experiments/config/pair_role.hpp"

#include <catch2/catch.hpp>

#include "config_example.hpp"

using namespace steq;
using testing::with;

namespace {

const char* const kLearners = R"([
  {"name": "q", "estimator": "dsq"},
  {"name": "ste", "estimator": "ste", "equivalent_to": "q"},
  {"name": "ste-fast", "like": "ste", "learning_rate_scale": 2},
  {"name": "copy", "like": "q"},
  {"name": "jitter", "like": "q", "learning_rate_scale": 1.01},
  {"name": "ulp", "like": "q", "ulps": 1},
  {"name": "both", "like": "q", "ulps": 1, "learning_rate_scale": 1.01},
  {"name": "plain", "estimator": "ste"},
  {"name": "steep", "estimator": "dsq:k=9"}])";

}  // namespace

TEST_CASE("A pair is a control where one key alone makes the difference", "[pair-role]") {
  const ExperimentConfig config = with("/learners", kLearners);
  const auto kind = [&](const char* a, const char* b) { return to_text(role_of(config, a, b).kind); };
  CHECK(kind("q", "copy") == "identical");
  CHECK(kind("q", "jitter") == "jitter");
  CHECK(kind("ulp", "q") == "one-ulp");
  CHECK(kind("q", "both") == "other");
  CHECK(kind("ulp", "both") == "jitter");
  CHECK(kind("jitter", "both") == "one-ulp");
  CHECK(kind("q", "plain") == "other");
  CHECK(kind("q", "steep") == "other");
  for (const char* name : {"copy", "jitter", "ulp", "plain"}) CHECK_FALSE(role_of(config, "q", name).mapped);
}

TEST_CASE("An STE equivalent is one of every learner of the recipe that it is declared for", "[pair-role]") {
  const ExperimentConfig config = with("/learners", kLearners);
  CHECK(role_of(config, "q", "ste").kind == PairKind::equivalent);
  CHECK(role_of(config, "copy", "ste").kind == PairKind::equivalent);
  CHECK(role_of(config, "q", "ste-fast").kind == PairKind::other);
  CHECK(role_of(config, "steep", "ste").kind == PairKind::other);
  CHECK(role_of(config, "ste", "q").kind == PairKind::other);
  CHECK(role_of(config, "q", "ste").mapped);
  Json adam = resolved(config);
  adam["optimizer"] = "adam:learning_rate=0.1";
  const ExperimentConfig read = read_config(adam, "c.json");
  CHECK(role_of(read, "q", "ste").kind == PairKind::equivalent);
  CHECK_FALSE(role_of(read, "q", "ste").mapped);
}
