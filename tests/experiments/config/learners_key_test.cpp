// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "config_example.hpp"
#include "experiments/config/config_keys.hpp"

using namespace steq;
using Catch::Contains;
using Catch::StartsWith;
using testing::refusal;
using testing::with;

namespace {

std::vector<LearnerConfig> learners(const std::string& json) { return with("/learners", json).learners; }

std::string learner_refusal(const std::string& json) { return refusal("/learners", json); }

}  // namespace

TEST_CASE("A learner like another has everything of it but its name") {
  const auto all = learners(R"([
    {"name": "copy", "like": "middle"},
    {"name": "middle", "like": "base", "learning_rate_scale": 2},
    {"name": "base", "estimator": "dsq:k=3", "equivalent_to": "root", "learning_rate_scale": 0.5, "rounding": true},
    {"name": "root", "estimator": "ste"}])");
  CHECK(all[0].name == "copy");
  CHECK(all[0].like == "middle");
  CHECK(to_text(all[0].estimator) == "dsq:gate=range,k=3");
  CHECK(all[0].equivalent_to == "root");
  CHECK(all[0].learning_rate_scale == 2);
  CHECK(all[0].rounding);
  CHECK_FALSE(all[3].rounding);
  CHECK(all[2].learning_rate_scale == 0.5);
}

TEST_CASE("Keys beside `like` replace what it copies; null takes equivalent_to away") {
  const auto all = learners(R"([
    {"name": "root", "estimator": "dsq"},
    {"name": "ste", "estimator": "ste", "equivalent_to": "root"},
    {"name": "plain", "like": "ste", "equivalent_to": null, "estimator": "dsq"}])");
  CHECK_FALSE(all[2].equivalent_to);
  CHECK(all[2].estimator.name == "dsq");
  const Json once = resolved(with("/learners", R"([
    {"name": "root", "estimator": "dsq"},
    {"name": "ste", "estimator": "ste", "equivalent_to": "root"},
    {"name": "plain", "like": "ste", "equivalent_to": null}])"));
  CHECK(resolved(read_config(once, "c.json")).dump() == once.dump());
}

TEST_CASE("A missing or empty list of learners is refused") {
  CHECK(learner_refusal("[]") == "c.json: learners: [] is not allowed; allowed: an array of at least one learner");
  CHECK(refusal("/learners", "") == "c.json: learners: missing; required is an array of at least one learner");
  CHECK(learner_refusal("[1]") == "c.json: learners[0]: 1 is not allowed; allowed: an object");
}

TEST_CASE("A learner's own keys are checked") {
  CHECK_THAT(learner_refusal(R"([{"estimator": "ste"}])"), StartsWith("c.json: learners[0].name: missing"));
  CHECK_THAT(
      learner_refusal(R"([{"name": "a", "estimator": "dsk"}])"),
      StartsWith("c.json: learners[0].estimator.type: unknown estimator \"dsk\"") && Contains("did you mean \"dsq\"?"));
  CHECK(learner_refusal(R"([{"name": "a", "estimator": "dsq:k=0"}])") ==
        "c.json: learners[0].estimator.k: 0 is not allowed; allowed: a number in (0, 1000]");
  CHECK_THAT(learner_refusal(R"([{"name": "a", "estimatr": "ste"}])"), Contains("did you mean \"estimator\"?"));
  CHECK(learner_refusal(R"([{"name": "a", "estimator": "ste", "learning_rate_scale": -1}])") ==
        "c.json: learners[0].learning_rate_scale: -1 is not allowed; allowed: a number >= 0");
  CHECK_THAT(learner_refusal(R"([{"name": "a", "estimator": "ste", "rounding": 1}])"),
             StartsWith("c.json: learners[0].rounding: 1 is not allowed; allowed: "));
  CHECK(learner_refusal(R"([{"name": "a", "estimator": "ste", "like": 3}])") ==
        "c.json: learners[0].like: 3 is not allowed; allowed: the name of a learner or null");
}

TEST_CASE("Names are unique and fit for file names") {
  for (const char* name : {"", ".", "-a", "a/b", "a b", "\xc3\xa4"})
    CHECK_THAT(learner_refusal(std::string(R"([{"name": ")") + name + R"(", "estimator": "ste"}])"),
               StartsWith("c.json: learners[0].name: ") && Contains("is not allowed; allowed: letters, digits"));
  for (const char* name : {"a", "0", "Q-hat_2.5"})
    CHECK(learner_refusal(std::string(R"([{"name": ")") + name + R"(", "estimator": "ste"}])") == "no error");
  CHECK(learner_refusal(R"([{"name": "a", "estimator": "ste"}, {"name": "a", "estimator": "ste"}])") ==
        "c.json: learners[1].name: \"a\" is the name of an earlier learner; allowed: a name of its own");
}

TEST_CASE("like refers to another learner and never round in a circle") {
  CHECK(learner_refusal(R"([{"name": "base", "estimator": "ste"}, {"name": "b", "like": "bse"}])") ==
        "c.json: learners[1].like: unknown learner \"bse\"; allowed: base, b; did you mean \"base\"?");
  CHECK(learner_refusal(R"([{"name": "a", "like": "a"}])") ==
        "c.json: learners[0].like: goes round in a circle: a -> a");
  CHECK(learner_refusal(R"([{"name": "a", "like": "b"}, {"name": "b", "like": "a"}])") ==
        "c.json: learners[0].like: goes round in a circle: a -> b -> a\n"
        "c.json: learners[1].like: goes round in a circle: b -> a -> b");
}

TEST_CASE("equivalent_to refers to another learner that is no equivalent itself") {
  const std::string a = R"({"name": "a", "estimator": "dsq"})";
  CHECK(learner_refusal("[" + a + R"(, {"name": "b", "estimator": "ste", "equivalent_to": "A1"}])") ==
        "c.json: learners[1].equivalent_to: unknown learner \"A1\"; allowed: a, b; did you mean \"a\"?");
  CHECK(learner_refusal(R"([{"name": "a", "estimator": "ste", "equivalent_to": "a"}])") ==
        "c.json: learners[0].equivalent_to: \"a\" is the learner itself; allowed: another learner");
  CHECK(learner_refusal("[" + a + R"(, {"name": "b", "estimator": "ste", "equivalent_to": "a"},
                                       {"name": "c", "estimator": "ste", "equivalent_to": "b"}])") ==
        "c.json: learners[2].equivalent_to: \"b\" is itself equivalent_to \"a\"; allowed: a learner without "
        "equivalent_to");
  CHECK_THAT(
      learner_refusal(R"([{"name": "a", "like": "b"}, {"name": "b", "estimator": "ste", "equivalent_to": "a"}])"),
      Contains("c.json: learners[0].like: \"a\" is the learner itself"));
}

TEST_CASE("Comparisons name two different learners each") {
  CHECK(with("/compare", R"([["b", "a"]])").compare[0] == std::pair<std::string, std::string>("b", "a"));
  CHECK(with("/compare", "[]").compare.empty());
  CHECK(refusal("/compare", R"([["a", "bb"]])") ==
        "c.json: compare[0][1]: unknown learner \"bb\"; allowed: a, b; did you mean \"b\"?");
  for (const char* pair : {R"(["a"])", R"(["a","b","a"])", R"(["a","a"])", R"(["a",1])", R"("a")"})
    CHECK(refusal("/compare", std::string("[") + pair + "]") ==
          std::string("c.json: compare[0]: ") + pair +
              " is not allowed; allowed: two different learners, as [\"a\", \"b\"]");
  CHECK_THAT(refusal("/compare", R"("a")"),
             StartsWith("c.json: compare: \"a\" is not allowed; allowed: an array of pairs"));
}

TEST_CASE("Without compare the first learner is compared with every other") {
  const auto config = with(
      "/learners", R"([{"name": "x", "estimator": "ste"}, {"name": "y", "like": "x"}, {"name": "z", "like": "x"}])");
  CHECK(config.compare == std::vector<std::pair<std::string, std::string>>{{"x", "y"}, {"x", "z"}});
}

TEST_CASE("Every key of a learner but its name and `like` is copied by like") {
  for (const Key<LearnerConfig>& key : learner_keys().keys) {
    INFO(key.info.name);
    CHECK((key.copy == nullptr) == (key.info.name == "name" || key.info.name == "like"));
  }
}
