// SPDX-License-Identifier: MIT
#include "theory/bounds/pair_bounds.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/training/cohort_harness.hpp"

using namespace steq;

namespace {

constexpr std::size_t kSteps = 40;

/// Two quantized layers; the first has more than one block of weights.
ModelSpec model() {
  return {{1, 6, 7},
          test::layers({"conv2d:name=conv1,out=130,kernel=3,padding=1,quantize=true", "relu", "global_avg_pool2d",
                        "dense:name=fc1,out=8,quantize=true", "relu", "dense:name=fc2,out=3"})};
}

/// An estimator's learner and its equivalent.
std::vector<LearnerSetup> pair(const std::string& estimator, const std::string& optimizer, double rate) {
  std::vector<LearnerSetup> setups{test::learner("q-hat", model(), estimator, optimizer, rate),
                                   test::learner("ste", model(), "ste", optimizer, rate)};
  const std::vector<TensorInfo> infos = GraphBuilder<double>::build(model()).tensors;
  for (LearnerSetup& setup : setups)
    for (auto& tensor : setup.initial)
      for (double& w : tensor) w = static_cast<double>(static_cast<float>(w));
  for (std::size_t t = 0; t < infos.size(); ++t) {
    if (!infos[t].quantize) continue;
    const auto quantizer = quantizer_registry().make(setups[0].quantizer, "quantizer", infos[t].shape());
    const auto q = estimator_registry().make(setups[0].estimator, "estimator", quantizer->grid());
    const bool invariant = optimizer_registry().make(setups[0].optimizer, "optimizer")->scale_invariant();
    const TensorTheory theory = tensor_theory(*q, invariant);
    setups[1].rate_factors[t] = theory.constants.alpha;
    for (double& w : setups[1].initial[t]) w = theory.map(w);
  }
  return setups;
}

template <class T>
BoundsResult bounds_of(const std::vector<LearnerSetup>& setups, int threads = 1, std::size_t stop_after = kSteps,
                       std::size_t b = 1) {
  const Dataset data = test::random_dataset({1, 6, 7}, 43, 3);
  Cohort<T> cohort(model(), data, test::scheduled(setups, "warmup-cosine"),
                   {.batch_size = 8, .steps = kSteps, .threads = threads});
  PairBounds<T> bounds(cohort.learners(), 0, b, kSteps, threads);
  const std::vector<Observer<T>*> observers{&bounds};
  for (std::size_t t = 0; t < stop_after; ++t) cohort.step(observers);
  bounds.finish();
  return bounds.result();
}

void check_same(const BoundsResult& a, const BoundsResult& b) {
  for (std::size_t k = 0; k < a.inequalities.size(); ++k) {
    CHECK(a.inequalities[k].tally.measured == b.inequalities[k].tally.measured);
    CHECK(a.inequalities[k].tally.bound == b.inequalities[k].tally.bound);
    CHECK(a.inequalities[k].tally.largest_excess == b.inequalities[k].tally.largest_excess);
    CHECK(a.inequalities[k].tally.weight == b.inequalities[k].tally.weight);
    CHECK(a.inequalities[k].tensor == b.inequalities[k].tensor);
  }
  for (std::size_t t = 0; t < a.tensors.size(); ++t)
    for (std::size_t r = 0; r < a.tensors[t].records.size(); ++r) {
      CHECK(a.tensors[t].records[r].state.error == b.tensors[t].records[r].state.error);
      CHECK(a.tensors[t].records[r].state.bound == b.tensors[t].records[r].state.bound);
    }
}

template <class T>
void check_holds(double rounding) {
  for (const auto& [optimizer, rate] :
       {std::pair("sgd", 0.5), {"sgd:momentum=0.9", 0.1}, {"adam", 0.01}, {"rmsprop", 0.01}, {"signsgd", 0.005}}) {
    const BoundsResult result = bounds_of<T>(pair("dsq:k=6.5", optimizer, rate));
    CAPTURE(optimizer);
    CHECK(result.violations() == 0);
    REQUIRE(result.tensors.size() == 2);
    for (const InequalityResult& inequality : result.inequalities) {
      CAPTURE(inequality.name);
      CHECK(inequality.tally.checked + inequality.tally.not_applicable == kSteps * (130 * 9 + 8 * 130));
      CHECK(inequality.tally.checked > kSteps * 1000);
    }
    for (const TensorRecords& tensor : result.tensors) {
      REQUIRE(tensor.records.size() == kSteps + 1);
      CHECK(tensor.records.back().step == kSteps);
      CHECK(tensor.records.front().state.error <= rounding);
      const double error = tensor.records.back().state.error;
      CHECK((std::string(optimizer) == "signsgd" ? error == 0 : error > 1e-6));  // signsgd does not see q at all
      CHECK(tensor.records.back().state.error <= tensor.records.back().state.bound);
      CHECK(tensor.largest_rounding < rounding);
    }
  }
}

}  // namespace

TEST_CASE("the theorems hold in whole networks, in double and in float", "[bounds]") {
  check_holds<double>(1e-12);
  check_holds<float>(1e-4);
}

TEST_CASE("the bounds do not depend on the number of threads", "[bounds]") {
  for (const char* optimizer : {"sgd:momentum=0.9", "adam"}) {
    const std::vector<LearnerSetup> setups = pair("dsq:k=6.5", optimizer, 0.05);
    check_same(bounds_of<float>(setups, 1), bounds_of<float>(setups, 3));
  }
}

TEST_CASE("a run that stops early has its bounds up to there", "[bounds]") {
  const std::vector<LearnerSetup> setups = pair("dsq:k=6.5", "sgd:momentum=0.9", 0.1);
  const BoundsResult all = bounds_of<double>(setups), some = bounds_of<double>(setups, 1, 13);
  CHECK(some.tensors[0].records.size() == 14);
  CHECK(some.tensors[0].records.back().step == 13);
  CHECK(some.tensors[1].records.back().state.error == all.tensors[1].records[13].state.error);
  CHECK(bounds_of<double>(setups, 1, 0).checked() == 0);
}

TEST_CASE("an STE that was not adjusted parts by the gradient terms, which the bound tells", "[bounds]") {
  std::vector<LearnerSetup> setups = pair("dsq:k=6.5", "sgd", 0.05);
  setups.push_back(test::learner("no-warp", model(), "ste", "sgd", 0.05));
  const BoundsResult right = bounds_of<double>(setups, 1, kSteps, 1), wrong = bounds_of<double>(setups, 1, kSteps, 2);
  CHECK(wrong.violations() == 0);
  const BoundState adjusted = right.tensors[1].records.back().state,
                   not_adjusted = wrong.tensors[1].records.back().state;
  CHECK(not_adjusted.error > 2 * adjusted.error);
  CHECK(not_adjusted.gradient_share * not_adjusted.bound > 2 * adjusted.gradient_share * adjusted.bound);
}

TEST_CASE("long runs are recorded about 200 times", "[bounds]") {
  const std::vector<LearnerSetup> setups = pair("dsq:k=6.5", "sgd", 0.5);
  const Dataset data = test::random_dataset({1, 6, 7}, 43, 3);
  Cohort<float> cohort(model(), data, setups, {.batch_size = 8, .steps = 1000});
  PairBounds<float> bounds(cohort.learners(), 0, 1, 1000, 1);
  const std::vector<Observer<float>*> observers{&bounds};
  for (int t = 0; t < 12; ++t) cohort.step(observers);
  bounds.finish();
  bounds.finish();
  std::vector<Step> steps;
  const BoundsResult result = bounds.result();
  for (const BoundRecord& record : result.tensors[0].records) steps.push_back(record.step);
  CHECK(steps == std::vector<Step>{0, 5, 10, 12});
}
