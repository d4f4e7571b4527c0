// SPDX-License-Identifier: MIT
#include "experiments/training/learner_setups.hpp"

#include <catch2/catch.hpp>

#include "experiments/config/pair_role.hpp"
#include "tests/experiments/config/config_example.hpp"

using namespace steq;

namespace {

ExperimentConfig config() {
  return testing::with("/learners", R"([
    {"name": "q-hat", "estimator": "dsq"},
    {"name": "ste", "estimator": "ste", "equivalent_to": "q-hat"},
    {"name": "copy", "like": "q-hat"},
    {"name": "jitter", "like": "q-hat", "learning_rate_scale": 1.01},
    {"name": "rounding", "like": "q-hat", "rounding": true},
    {"name": "one-ulp", "like": "q-hat", "ulps": 1},
    {"name": "rounding-twin", "like": "rounding"},
    {"name": "rounding-jitter", "like": "rounding", "learning_rate_scale": 1.01},
    {"name": "rounding-ulp", "like": "one-ulp", "rounding": true},
    {"name": "rounding-ste", "like": "ste", "rounding": true},
    {"name": "fast-ste", "like": "ste", "learning_rate_scale": 2},
    {"name": "plain", "estimator": "ste"}])");
}

std::string kind(const std::string& a, const std::string& b) { return to_text(role_of(config(), a, b).kind); }

}  // namespace

TEST_CASE("a pair is a control where whole recipes agree but for one key") {
  CHECK(kind("q-hat", "copy") == "identical");
  CHECK(kind("q-hat", "jitter") == "jitter");
  CHECK(kind("q-hat", "rounding") == "rounding");
  CHECK(kind("rounding", "q-hat") == "rounding");
  CHECK(kind("q-hat", "one-ulp") == "one-ulp");
  CHECK(kind("rounding", "rounding-twin") == "identical");
  CHECK(kind("rounding", "rounding-jitter") == "jitter");
  CHECK(kind("ste", "rounding-ste") == "rounding");
  for (const char* other : {"rounding-jitter", "rounding-ulp", "plain"}) CHECK(kind("q-hat", other) == "other");
  CHECK(kind("jitter", "one-ulp") == "other");
}

TEST_CASE("an equivalent pair is mapped, and is one only at equal rates and rounding") {
  CHECK(kind("q-hat", "ste") == "equivalent");
  CHECK(kind("q-hat", "fast-ste") == "other");
  CHECK(kind("q-hat", "rounding-ste") == "other");
  for (const char* ste : {"ste", "fast-ste", "rounding-ste"}) CHECK(role_of(config(), "q-hat", ste).mapped);
  CHECK_FALSE(role_of(config(), "q-hat", "rounding").mapped);
}
