// SPDX-License-Identifier: MIT
// Learners of unlike recipes side by side: each is what it is alone, at any number of threads, and goes on from a
// checkpoint.
#include <catch2/catch.hpp>

#include "tests/sim/training/cohort_harness.hpp"

using namespace steq;
using test::Outcome;

namespace {

constexpr std::size_t kUnlikeSteps = 12;

ModelSpec unlike_model() {
  return {
      {1, 6, 6},
      test::layers({"conv2d:name=conv,out=5,kernel=3,quantize=true", "batch_norm2d:name=norm,affine=false", "relu",
                    "flatten", "dense:name=fc,out=40,quantize=true", "relu", "dense:name=out,out=3,trainable=false"})};
}

LearnerSetup made(const std::string& name, const std::string& quantizer, const std::string& estimator,
                  const std::string& optimizer, double rate) {
  LearnerSetup setup = test::learner(name, unlike_model(), estimator, optimizer, rate);
  setup.quantizer = parse_spec(quantizer, "");
  return setup;
}

std::vector<LearnerSetup> unlike() {
  std::vector<LearnerSetup> all{made("full", "none", "ste", "sgd:momentum=0.9", 0.05),
                                made("ste", "uniform:bits=2", "ste", "sgd:momentum=0.9", 0.05),
                                made("hinge", "uniform:bits=2", "ste", "sgd:momentum=0.9", 0.05),
                                made("lsq", "lsq:bits=3", "ste:gate=half-bin", "adam", 0.01),
                                made("rows", "absmean-ternary:per=row", "dsq", "sgd:clip_norm=1", 0.1),
                                made("twn", "twn", "magnitude-aware", "sgd:momentum=0.5,nesterov=true", 0.05),
                                made("clip", "xnor:per=row", "ste:gate=none", "signsgd", 0.01),
                                made("frozen", "lsq", "ste", "sgd:clip_norm=0.1,clip_before_estimator=true", 0.5)};
  all[2].loss = {"hinge", {}};
  all[3].schedule = test::schedule("warmup-cosine:warmup=0.5");
  all[6].storage = {"clip", {}};
  all[7].storage = {"frozen", {}};
  return all;
}

CohortSettings unlike_settings(int threads) {
  return {.batch_size = 8, .steps = kUnlikeSteps, .seed = 3, .threads = threads};
}

const Dataset& unlike_data() {
  static const Dataset data = test::random_dataset({1, 6, 6}, 29, 3);
  return data;
}

template <class T>
std::vector<Outcome> outcomes(const std::vector<LearnerSetup>& setups, int threads) {
  return test::run_cohort<T>(unlike_model(), unlike_data(), setups, unlike_settings(threads));
}

}  // namespace

TEST_CASE("a learner is the same alone, in company, and at any number of threads", "[recipes]") {
  const std::vector<LearnerSetup> all = unlike();
  const std::vector<Outcome> together = outcomes<float>(all, 1);
  for (const int threads : {2, 3, 4, 8}) CHECK(outcomes<float>(all, threads) == together);
  for (std::size_t i = 0; i < all.size(); ++i) {
    INFO(all[i].name);
    CHECK(outcomes<float>({all[i]}, 2)[0] == together[i]);
  }
}

TEST_CASE("learners of unlike recipes go on from a checkpoint bit by bit", "[recipes]") {
  Cohort<double> whole(unlike_model(), unlike_data(), unlike(), unlike_settings(1));
  Cohort<double> first(unlike_model(), unlike_data(), unlike(), unlike_settings(2));
  Cohort<double> second(unlike_model(), unlike_data(), unlike(), unlike_settings(3));
  for (std::size_t t = 0; t < kUnlikeSteps; ++t) whole.step({});
  for (std::size_t t = 0; t < 5; ++t) first.step({});
  Archive writer;
  writer(first);
  Archive reader(writer.bytes());
  reader(second);
  reader.finish();
  for (std::size_t t = 5; t < kUnlikeSteps; ++t) second.step({});
  for (std::size_t i = 0; i < whole.learners().size(); ++i) {
    INFO(whole.learners()[i].name());
    CHECK(second.learners()[i].same_network(whole.learners()[i]));
    for (std::size_t t = 0; t < whole.learners()[i].tensors().size(); ++t) {
      const auto &a = whole.learners()[i].tensors()[t], &b = second.learners()[i].tensors()[t];
      CHECK(std::ranges::equal(a.latent(), b.latent()));
      if (a.quantized()) CHECK(std::ranges::equal(a.grid().numbers(), b.grid().numbers()));
    }
  }
}

TEST_CASE("learners with one start and different losses do not share a pass", "[recipes]") {
  const std::vector<Outcome> results = outcomes<double>({unlike()[1], unlike()[2]}, 1);
  CHECK(results[0].losses[0] != results[1].losses[0]);
  CHECK(results[0].weights != results[1].weights);
}

TEST_CASE("what is frozen or not trainable stays, and learned grids go on learning", "[recipes]") {
  Cohort<double> cohort(unlike_model(), unlike_data(), unlike(), unlike_settings(1));
  std::vector<std::vector<double>> before;
  for (const auto& tensor : cohort.learners().back().tensors())
    before.emplace_back(tensor.latent().begin(), tensor.latent().end());
  const double step = cohort.learners().back().tensors()[0].grid().numbers()[0];
  for (std::size_t t = 0; t < kUnlikeSteps; ++t) cohort.step({});
  const auto& frozen = cohort.learners().back().tensors();
  for (std::size_t t = 0; t < frozen.size(); ++t) CHECK(std::ranges::equal(frozen[t].latent(), before[t]));
  CHECK(frozen[0].grid().numbers()[0] != step);
  const auto& trained = cohort.learners()[1].tensors();
  CHECK_FALSE(std::ranges::equal(trained[0].latent(), before[0]));
  CHECK(std::ranges::equal(trained.back().latent(), before.back()));  // "trainable": false
}
