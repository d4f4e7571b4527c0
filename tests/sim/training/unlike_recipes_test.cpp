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
  return {{1, 6, 6},
          test::layers({"conv2d:name=conv,out=5,kernel=3,quantize=true", "batch_norm2d:name=norm,affine=false",
                        "quantize:name=q1", "relu", "flatten", "dense:name=fc,out=40,quantize=true", "quantize:name=q2",
                        "relu", "dense:name=out,out=3,trainable=false"})};
}

LearnerSetup made(const std::string& name, const std::string& quantizer, const std::string& estimator,
                  const std::string& optimizer, double rate) {
  LearnerSetup setup = test::learner(name, unlike_model(), estimator, optimizer, rate);
  setup.quantizer = parse_spec(quantizer, "");
  return setup;
}

ActivationsSetup activations(const std::string& quantizer, const std::string& surrogate,
                             const std::string& errors = "none") {
  return {parse_spec(quantizer, ""), parse_spec(surrogate, ""), parse_spec(errors, "")};
}

std::vector<LearnerSetup> with_activations() {
  const std::string soft = "soft-staircase:temperature_per_epoch=2";
  std::vector<LearnerSetup> all{made("ttq", "ttq:t=0.2", "ttq-scaled", "sgd:momentum=0.9", 0.02),
                                made("qn", soft, "exact", "adam", 0.01),
                                made("hybrid", soft + ",forward=hard", "exact:form=wide", "sgd", 0.02),
                                made("fixed", "fixed-point:rounding=stochastic", "ste", "sgd:momentum=0.9", 0.02),
                                made("ceil", "none", "ste", "sgd:momentum=0.9", 0.05),
                                made("relu", "none", "ste", "sgd:momentum=0.9", 0.05)};
  all[1].activations = activations("soft-staircase:levels=0/1/2,thresholds=0.5/1.5,temperature_per_epoch=3", "exact");
  all[3].activations = activations("fixed-point:integer_bits=4,fraction_bits=4,rounding=stochastic", "saturated",
                                   "fixed-point:integer_bits=3,fraction_bits=9,rounding=stochastic");
  all[4].activations = activations("ceil:bits=2,scale=0.5", "reverse-exponential");
  all[5].activations = activations("ceil:bits=2,scale=0.5", "relu");
  return all;
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
  for (LearnerSetup& setup : with_activations()) all.insert(all.end() - 1, setup);
  all[2].loss = {"hinge", {}};
  all[3].schedule = test::schedule("warmup-cosine:warmup=0.5");
  all[6].storage = {"clip", {}};
  all.back().storage = {"frozen", {}};
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
    for (std::size_t layer = 0; layer < whole.learners()[i].activations().size(); ++layer)
      CHECK(std::ranges::equal(second.learners()[i].activations()[layer].numbers().all(),
                               whole.learners()[i].activations()[layer].numbers().all()));
    for (std::size_t t = 0; t < whole.learners()[i].tensors().size(); ++t) {
      const auto &a = whole.learners()[i].tensors()[t], &b = second.learners()[i].tensors()[t];
      CHECK(std::ranges::equal(a.latent(), b.latent()));
      if (a.quantized()) CHECK(std::ranges::equal(a.grid().numbers().all(), b.grid().numbers().all()));
    }
  }
}

TEST_CASE("learners with one start and different losses do not share a pass", "[recipes]") {
  const std::vector<Outcome> results = outcomes<double>({unlike()[1], unlike()[2]}, 1);
  CHECK(results[0].losses[0] != results[1].losses[0]);
  CHECK(results[0].weights != results[1].weights);
}

TEST_CASE("learners with one start and different surrogates do not share a pass", "[recipes]") {
  const std::vector<LearnerSetup> all = with_activations();
  const std::vector<Outcome> results = outcomes<double>({all[4], all[5]}, 1);
  CHECK(results[0].losses[0] == results[1].losses[0]);
  CHECK(results[0].weights != results[1].weights);
}

TEST_CASE("a shared pass hands on the gradients of activations' grid parameters", "[recipes]") {
  const LearnerSetup qn = with_activations()[1];
  Cohort<double> pair(unlike_model(), unlike_data(), {qn, qn}, unlike_settings(1));
  CohortSettings apart = unlike_settings(1);
  apart.share_passes = false;
  Cohort<double> plain(unlike_model(), unlike_data(), {qn, qn}, apart);
  for (std::size_t t = 0; t < kUnlikeSteps; ++t) pair.step({}), plain.step({});
  for (std::size_t layer = 0; layer < 2; ++layer) {
    const auto numbers = [&](const Cohort<double>& cohort, std::size_t learner) {
      const auto all = cohort.learners()[learner].activations()[layer].numbers().all();
      return std::vector<double>(all.begin(), all.end());
    };
    CHECK(numbers(pair, 1) == numbers(pair, 0));
    CHECK(numbers(pair, 1) == numbers(plain, 1));
  }
}

TEST_CASE("what is frozen or not trainable stays, and learned grids go on learning", "[recipes]") {
  Cohort<double> cohort(unlike_model(), unlike_data(), unlike(), unlike_settings(1));
  std::vector<std::vector<double>> before;
  for (const auto& tensor : cohort.learners().back().tensors())
    before.emplace_back(tensor.latent().begin(), tensor.latent().end());
  const double step = cohort.learners().back().tensors()[0].grid().of_group(0)[0];
  for (std::size_t t = 0; t < kUnlikeSteps; ++t) cohort.step({});
  const auto& frozen = cohort.learners().back().tensors();
  for (std::size_t t = 0; t < frozen.size(); ++t) CHECK(std::ranges::equal(frozen[t].latent(), before[t]));
  CHECK(frozen[0].grid().of_group(0)[0] != step);
  const auto& trained = cohort.learners()[1].tensors();
  CHECK_FALSE(std::ranges::equal(trained[0].latent(), before[0]));
  CHECK(std::ranges::equal(trained.back().latent(), before.back()));  // "trainable": false
}
