// SPDX-License-Identifier: MIT
// A cohort that is written down after any step and read into another one goes on to the same bits.
#include <catch2/catch.hpp>

#include "sim/optimizers/optimizer.hpp"
#include "tests/recipes.hpp"
#include "tests/sim/training/cohort_harness.hpp"

using namespace steq;

namespace {

constexpr std::size_t kArchivedSteps = 9;

ModelSpec model() {
  return {{1, 6, 6},
          test::layers({"conv2d:name=conv,out=4,kernel=3,quantize=true", "batch_norm2d:name=norm", "relu", "flatten",
                        "dense:name=fc,out=3,quantize=true"})};
}

CohortSettings settings(int threads) {
  return {.batch_size = 5, .steps = kArchivedSteps, .seed = 4, .threads = threads};
}

/// A cohort with its recorders.
template <class T>
struct Training {
  Training(const Dataset& data, const std::vector<LearnerSetup>& setups, int threads)
      : cohort(model(), data, test::scheduled(setups, "warmup-cosine"), settings(threads)),
        changes(cohort.learners()),
        losses(setups.size()) {}

  void go(std::size_t steps) {
    const std::vector<Observer<T>*> observers{&changes, &losses};
    for (std::size_t i = 0; i < steps; ++i) cohort.step(observers);
  }

  void archive(Archive& a) {
    a(cohort);
    changes.archive(a);
    losses.archive(a);
  }

  std::vector<test::Outcome> outcomes() const {
    std::vector<test::Outcome> all;
    for (std::size_t i = 0; i < cohort.learners().size(); ++i)
      all.push_back(test::outcome(cohort.learners()[i], changes.logs(i), losses.losses(i)));
    return all;
  }

  Cohort<T> cohort;
  ChangeRecorder<T> changes;
  LossRecorder<T> losses;
};

template <class T>
void check(const std::string& estimator, const std::string& optimizer, std::size_t stop,
           const std::string& quantizer = "uniform:bits=2") {
  INFO(estimator << ", " << optimizer << ", stopped after " << stop);
  const Dataset data = test::random_dataset({1, 6, 6}, 20, 3);
  std::vector<LearnerSetup> setups{test::learner("a", model(), estimator, optimizer, 0.05),
                                   test::learner("b", model(), "ste", optimizer, 0.05),
                                   test::learner("copy", model(), estimator, optimizer, 0.05)};
  for (LearnerSetup& setup : setups) setup.quantizer = parse_spec(quantizer, "");
  Training<T> whole(data, setups, 1), first(data, setups, 2), second(data, setups, 3);
  whole.go(kArchivedSteps);
  first.go(stop);
  Archive writer;
  writer(first);
  Archive reader(writer.bytes());
  reader(second);
  reader.finish();
  CHECK(second.cohort.steps_done() == stop);
  second.go(kArchivedSteps - stop);
  CHECK(second.outcomes() == whole.outcomes());
}

}  // namespace

TEST_CASE("every optimizer goes on from any step", "[archive]") {
  for (const auto& entry : optimizer_registry().entries())
    for (std::size_t stop = 0; stop <= kArchivedSteps; ++stop) {
      check<float>("dsq", entry.info.name, stop);
      check<double>("dsq", entry.info.name, stop);
    }
}

TEST_CASE("every estimator goes on", "[archive]") {
  for (const auto& entry : estimator_registry().entries())
    check<float>(to_text(example_of(entry.info)), "adam:clip_norm=1,weight_decay=0.01", 4,
                 test::grid_for(entry.info, "uniform:bits=2"));
}
