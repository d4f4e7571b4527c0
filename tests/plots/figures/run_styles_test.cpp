// SPDX-License-Identifier: MIT
#include "plots/figures/run_styles.hpp"

#include "records/log_file.hpp"
#include "tests/plots/figures/two_learners.hpp"

using namespace steq;

namespace {

/// A run directory with logs of these learners, compared as told, with this config.
class Compared {
 public:
  Compared(const std::vector<std::string>& learners, const std::string& comparisons, const std::string& config = "") {
    LogWriter writer(directory_.file("logs.h5"));
    Json summary{{"learners", Json::object()}, {"comparisons", Json::parse(comparisons)}};
    for (const std::string& learner : learners) {
      writer.write_change_points(learner, "t", ChangePointLog({0}));
      summary["learners"][learner] = Json::object();
    }
    writer.close();
    testing::put(directory_.path() / "summary.json", summary.dump());
    if (!config.empty()) testing::put(directory_.path() / "config.json", config);
  }
  StoredRun stored() const { return StoredRun(directory_.path()); }

 private:
  testing::TemporaryDirectory directory_;
};

std::vector<int> types(const std::vector<Role>& roles) {
  std::vector<int> types;
  for (const Role role : roles) types.push_back(line_type(role));
  return types;
}

}  // namespace

TEST_CASE("a role looks the same in every run, whatever the order of the learners", "[figures]") {
  const char* config = R"({"model": {}, "data": {}, "quantizer": {}, "optimizer": {},
                          "learners": [{"name": "plain", "estimator": {"type": "ste"}, "equivalent_to": null},
                                        {"name": "e", "estimator": {"type": "ste"}, "equivalent_to": "q"}]})";
  const Compared run({"plain", "r", "j", "u", "t", "e", "q"}, R"([
    {"a": "q", "b": "j", "kind": "jitter"}, {"a": "q", "b": "r", "kind": "rounding"},
    {"a": "q", "b": "e", "kind": "equivalent"}, {"a": "q", "b": "plain", "kind": "other"},
    {"a": "q", "b": "u", "kind": "one-ulp"}, {"a": "q", "b": "t", "kind": "identical"}])",
                     config);
  CHECK(line_types(run.stored()) == types({Role::plain_ste, Role::rounding, Role::jitter, Role::one_ulp,
                                           Role::identical, Role::equivalent, Role::estimator}));
}

TEST_CASE("learners without a role, or with one that is taken, have line types of their own", "[figures]") {
  const Compared run({"q", "other", "j", "j2", "more"},
                     R"([{"a": "q", "b": "other", "kind": "other"}, {"a": "q", "b": "j", "kind": "jitter"},
                         {"a": "q", "b": "j2", "kind": "jitter"}])");
  CHECK(line_types(run.stored()) == std::vector<int>{line_type(Role::estimator), free_line_type(0),
                                                     line_type(Role::jitter), free_line_type(1), free_line_type(2)});
}

TEST_CASE("a pair looks like its b; pairs with the same b look different", "[figures]") {
  const Compared run({"a", "b", "c"}, R"([{"a": "a", "b": "b", "kind": "other"}, {"a": "c", "b": "b", "kind": "other"},
                                             {"a": "a", "b": "c", "kind": "other"}])");
  const StoredRun stored = run.stored();
  CHECK(line_type(stored, "a") == line_type(Role::estimator));
  CHECK(line_type(stored, Pair{"a", "b"}) == line_type(stored, "b"));
  CHECK(line_type(stored, Pair{"a", "c"}) == line_type(stored, "c"));
  const int own = line_type(stored, Pair{"c", "b"});
  for (const char* learner : {"a", "b", "c"}) CHECK(own != line_type(stored, learner));
}

TEST_CASE("without a summary the first learner has the estimator's look", "[figures]") {
  const test::TwoLearners run;
  std::filesystem::remove(run.path() / "summary.json");
  CHECK(line_types(run.stored()) == std::vector<int>{line_type(Role::estimator), free_line_type(0)});
}
