// SPDX-License-Identifier: MIT
#include "sim/training/teachers.hpp"

#include <catch2/catch.hpp>

#include "sim/data/augmentation.hpp"
#include "sim/models/model.hpp"
#include "tests/sim/training/cohort_harness.hpp"

using namespace steq;

namespace {

constexpr std::size_t kPupils = 37, kAnswers = 5;

ModelSpec small_mlp(std::size_t hidden, const SampleShape& image) {
  return model_registry().make(parse_spec(fmt::format("mlp:hidden={},depth=1", hidden), ""), "model", image, kAnswers);
}

LearnerSetup student(const std::string& name, const ModelSpec& model, std::shared_ptr<const TeacherSetup> teacher) {
  LearnerSetup setup = test::learner(name, model, "ste", "sgd", 0.05);
  setup.loss = parse_spec("distillation:temperature=2,weight=0.7", "");
  setup.teacher = std::move(teacher);
  return setup;
}

CohortSettings lesson(std::size_t batch_size) { return {.batch_size = batch_size, .steps = 6}; }

/// The mean loss of the data by hand: logits of teacher and student from networks of their own.
double loss_by_hand(const ModelSpec& model, const ModelSpec& of_teacher, const TeacherSetup& teacher,
                    const Dataset& data, const LearnerSetup& setup) {
  test::Harness<double> taught(of_teacher, kPupils);
  taught.set(teacher.weights);
  const std::vector<double> wanted = taught.evaluate(data);
  Cohort<double> cohort(model, data, {setup}, lesson(kPupils));
  const std::vector<double> logits = cohort.evaluate(0, data).logits;
  const auto loss = loss_registry().make(setup.loss, "loss");
  double sum = 0;
  for (std::size_t i = 0; i < kPupils; ++i) {
    const auto of_sample = [&](const std::vector<double>& all) {
      return std::span(all).subspan(i * kAnswers, kAnswers);
    };
    sum += loss->of(of_sample(logits), {data.labels[i], of_sample(wanted)}, std::span<double>(), 0).loss;
  }
  return sum / kPupils;
}

}  // namespace

TEST_CASE("a student of another size learns from its teacher's logits", "[teachers]") {
  const Dataset data = test::random_dataset({1, 4, 4}, kPupils, kAnswers);
  const ModelSpec small = small_mlp(5, data.image), large = small_mlp(40, data.image);
  const auto teacher = test::teacher(large);
  const LearnerSetup setup = student("a", small, teacher);
  Cohort<double> cohort(small, data, {setup}, lesson(kPupils));
  LossRecorder<double> losses(1);
  CHECK(cohort.evaluate(0, data).loss == Approx(loss_by_hand(small, large, *teacher, data, setup)).epsilon(1e-13));
  const std::vector<Observer<double>*> observers{&losses};
  cohort.run(observers, false);
  CHECK(losses.losses(0)[0] == Approx(loss_by_hand(small, large, *teacher, data, setup)).epsilon(1e-13));
}

TEST_CASE("learners are taught alone as in company, at any number of threads", "[teachers]") {
  const Dataset data = test::random_dataset({1, 4, 4}, kPupils, kAnswers);
  const ModelSpec model = small_mlp(9, data.image);
  const auto first = test::teacher(model, 2), second = test::teacher(model, 3);
  const std::vector<LearnerSetup> all{student("a", model, first), student("b", model, second),
                                      student("c", model, first), test::learner("plain", model, "ste", "sgd", 0.05)};
  CohortSettings many = lesson(8);
  many.threads = 3;
  const auto together = test::run_cohort<float>(model, data, all, many);
  CHECK(together[0] == together[2]);
  CHECK_FALSE(together[0] == together[1]);  // equal weights, unlike teachers: no shared pass
  CHECK_FALSE(together[0] == together[3]);
  for (std::size_t i = 0; i < all.size(); ++i)
    CHECK(test::run_cohort<float>(model, data, {all[i]}, lesson(8))[0] == together[i]);
}

TEST_CASE("a teacher sees the images as its students do", "[teachers]") {
  const Dataset data = test::random_dataset({1, 6, 6}, 8, kAnswers);
  const ModelSpec model = small_mlp(9, data.image);
  const auto teacher = test::teacher(model);
  Teachers<double> teachers({teacher}, 8, 1);
  const std::vector<std::uint32_t> samples{3, 1, 7, 7, 0, 2, 5, 6};
  const auto augmentation = augmentation_registry().make(parse_spec("crop-flip", ""), "");
  std::vector<View> views;
  for (const std::uint32_t sample : samples) views.push_back(augmentation(1, 4, sample));
  teachers.see({&data, samples, views});
  const std::vector<double> augmented(teachers.logits(0), teachers.logits(0) + 8 * kAnswers);
  teachers.see({&data, samples});
  const std::vector<double> plain(teachers.logits(0), teachers.logits(0) + 8 * kAnswers);
  CHECK(augmented != plain);
  const std::vector<double> in_order = teachers.logits(0, data);
  for (std::size_t i = 0; i < samples.size(); ++i)
    for (std::size_t c = 0; c < kAnswers; ++c)
      CHECK(plain[i * kAnswers + c] == Approx(in_order[samples[i] * kAnswers + c]).epsilon(1e-14));
}
