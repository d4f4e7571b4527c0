// SPDX-License-Identifier: MIT
// Samples of the whole space of runs: a learner ends with the same bits whatever the number of threads, whether it is
// recorded, whoever trains beside it, and wherever it was cut off and resumed.
#include <catch2/catch.hpp>

#include "sim/models/model.hpp"
#include "sim/optimizers/optimizer.hpp"
#include "tests/recipes.hpp"
#include "tests/sim/training/cohort_harness.hpp"

using namespace steq;
using test::Outcome;

namespace {

constexpr std::size_t kExactSteps = 4;
constexpr std::size_t kLargest = 2'000'000;  // weights of a model that is tried by default

/// One point: what decides the bits, and then what must not.
struct Point {
  std::string model, optimizer, estimator, quantizer, storage, loss;
  std::size_t batch;
  int threads, threads_resumed;
  std::size_t stop;        // steps before the resumption
  std::size_t companions;  // learners beside the one that is looked at
  std::size_t place;       // of that one among them
  bool recorded, shared, rounding;

  std::string text() const {
    return fmt::format(
        "{}, {}, {} on {}, {}, {}, batch {}: {} then {} threads, resumed after {}, learner {} of {}, recorded {}, "
        "rounding {}",
        model, optimizer, estimator, quantizer, storage, loss, batch, threads, threads_resumed, stop, place,
        companions + 1, recorded, rounding);
  }
};

/// The quantizers in turn, where the estimator goes with them.
std::string quantizer_for(const std::string& estimator, std::uint32_t i) {
  const auto* entry = estimator_registry().find(parse_spec(estimator, "").name);
  if (!entry->info.needs.empty()) return entry->info.needs;
  const auto& all = quantizer_registry().entries();
  const std::string quantizer = to_text(example_of(all[(i / 2) % all.size()].info));
  try {
    test::estimator(estimator, quantizer);
    return quantizer;
  } catch (const InputError&) {
    return "uniform:bits=2";
  }
}

/// The i-th point: the plug-ins in turn, so that each has its day, the rest drawn.
Point point(std::uint32_t i, const std::vector<std::string>& models) {
  RandomStream random(11, Purpose::synthetic_data, 0, i);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  const auto turn = [&](const auto& entries) { return to_text(example_of(entries[i % entries.size()].info)); };
  constexpr int threads[] = {1, 2, 3, 4, 8};
  Point p{.model = models[i % models.size()],
          .optimizer = turn(optimizer_registry().entries()),
          .estimator = turn(estimator_registry().entries()),
          .quantizer = "",
          .storage = turn(storage_registry().entries()),
          .loss = turn(loss_registry().entries()),
          .batch = 1 + below(45),
          .threads = threads[below(5)],
          .threads_resumed = threads[below(5)],
          .stop = below(kExactSteps + 1),
          .companions = below(4),
          .place = 0,
          .recorded = below(2) == 0,
          .shared = below(2) == 0,
          .rounding = false};
  p.quantizer = quantizer_for(p.estimator, i);
  p.place = below(p.companions + 1);
  p.rounding = below(3) == 0;
  return p;
}

ModelSpec model_of(const Point& p) {
  return model_registry().make({p.model, {}}, "model", SampleShape{3, 32, 32}, std::size_t{4});
}

/// The learner that is looked at stands among others: its twin, the STE, and itself at another rate.
std::vector<LearnerSetup> learners(const Point& p, const ModelSpec& model) {
  LearnerSetup looked_at = test::learner("a", model, p.estimator, p.optimizer, 0.01);
  looked_at.quantizer = parse_spec(p.quantizer, "");
  looked_at.storage = parse_spec(p.storage, "");
  looked_at.loss = parse_spec(p.loss, "");
  if (needs_teacher(looked_at.loss.name)) looked_at.teacher = test::teacher(model);
  const LearnerSetup plain = looked_at;
  looked_at.rounding = p.rounding;
  std::vector<LearnerSetup> all{plain, test::learner("ste", model, "ste", p.optimizer, 0.01), plain};
  all.back().learning_rate = 0.02;
  all.resize(p.companions, looked_at);
  all.insert(all.begin() + static_cast<std::ptrdiff_t>(p.place), looked_at);
  return all;
}

template <class T>
struct ExactTraining {
  ExactTraining(const Point& p, const ModelSpec& model, const Dataset& data, const std::vector<LearnerSetup>& setups,
                int threads)
      : cohort(model, data, test::scheduled(setups, "warmup-cosine:warmup=0.5"),
               {.batch_size = p.batch, .steps = kExactSteps, .seed = 5, .threads = threads, .share_passes = p.shared}),
        changes(cohort.learners()) {}

  void go(std::size_t steps, bool recorded) {
    std::vector<Observer<T>*> observers;
    if (recorded) observers.push_back(&changes);
    for (std::size_t i = 0; i < steps; ++i) cohort.step(observers);
  }
  void archive(Archive& a) {
    a(cohort);
    changes.archive(a);
  }
  Outcome outcome(std::size_t learner, bool recorded) const {
    static const std::vector<ChangePointLog> none;
    return test::outcome(cohort.learners()[learner], recorded ? changes.logs(learner) : none, {});
  }

  Cohort<T> cohort;
  ChangeRecorder<T> changes;
};

template <class T>
void check(const Point& p) {
  INFO(p.text());
  const ModelSpec model = model_of(p);
  const Dataset data = test::random_dataset({3, 32, 32}, 2 * p.batch + 1, 4);
  const std::vector<LearnerSetup> all = learners(p, model);
  ExactTraining<T> alone(p, model, data, {all[p.place]}, 1), first(p, model, data, all, p.threads),
      second(p, model, data, all, p.threads_resumed);
  alone.go(kExactSteps, p.recorded);
  first.go(p.stop, p.recorded);
  Archive writer;
  writer(first);
  Archive reader(writer.bytes());
  reader(second);
  second.go(kExactSteps - p.stop, p.recorded);
  CHECK(second.outcome(p.place, p.recorded) == alone.outcome(0, p.recorded));
}

std::vector<std::string> tried_models(std::size_t largest) {
  std::vector<std::string> names;
  for (const std::string& name : model_registry().names()) {
    std::size_t weights = 0;
    const ModelSpec model = model_registry().make({name, {}}, "model", SampleShape{3, 32, 32}, std::size_t{4});
    for (const TensorInfo& tensor : GraphBuilder<float>::build(model).tensors) weights += tensor.size();
    if (weights <= largest) names.push_back(name);
  }
  return names;
}

void check_points(std::uint32_t first, std::uint32_t count, const std::vector<std::string>& names) {
  for (std::uint32_t i = first; i < first + count; ++i)
    i % 3 == 0 ? check<double>(point(i, names)) : check<float>(point(i, names));
}

}  // namespace

TEST_CASE("every plug-in, sampled: the same bits on any way through a run", "[exactness]") {
  check_points(0, static_cast<std::uint32_t>(2 * quantizer_registry().entries().size()), tried_models(kLargest));
}

TEST_CASE("two hundred samples, large models among them", "[exactness][slow]") {
  check_points(1000, 200, tried_models(std::numeric_limits<std::size_t>::max()));
}
