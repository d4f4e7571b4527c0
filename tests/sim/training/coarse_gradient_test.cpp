// SPDX-License-Identifier: MIT
// The coarse-gradient method on the four samples of its worked example: gradients, and the number of steps to a loss of
// exactly 0.
#include <catch2/catch.hpp>

#include "tests/sim/training/cohort_harness.hpp"

using namespace steq;

namespace {

const std::vector<double> kCoarseHidden{.83, -.41, .29, .17,  -.52, .63, .11,  -.31,
                                        .21, .13,  .92, -.74, -.09, .38, -.61, .53};
const std::vector<double> kCoarseFixed{.5, .5, 0, 0, 0, 0, .5, .5};

const Dataset& coarse_samples() {
  static const Dataset data{.image = {1, 1, 4},
                            .pixels = {},
                            .labels = {0, 0, 1, 1},
                            .reals = {1.5371, .5123, 0, 0, -1.0457, 2.0179, 0, 0,  //
                                      0, 0, 1.2239, -.8117, 0, 0, -.9341, 1.1063}};
  return data;
}

ModelSpec coarse_model() {
  return {{1, 1, 4},
          test::layers({"flatten", "dense:name=w,out=4,bias=false,quantize=true", "quantize:name=q",
                        "dense:name=v,out=2,bias=false,trainable=false"})};
}

template <class T>
Cohort<T> cohort_of(const std::string& surrogate, double rate) {
  LearnerSetup setup = test::learner(surrogate, coarse_model(), "ste", "sgd", rate);
  setup.quantizer = {"none", {}};
  setup.loss = {"hinge", {}};
  setup.initial = {kCoarseHidden, kCoarseFixed};
  setup.activations = {parse_spec("ceil:bits=2", ""), {surrogate, {}}};
  return Cohort<T>(coarse_model(), coarse_samples(), {setup}, {.batch_size = 4, .steps = 100, .shuffle = false});
}

/// Steps until the loss is exactly 0.
template <class T>
int steps_to_zero(const std::string& surrogate) {
  Cohort<T> cohort = cohort_of<T>(surrogate, 0.1);
  for (int step = 0; step <= 40; ++step) {
    if (cohort.evaluate(0, coarse_samples()).loss == 0) return step;
    cohort.step({});
  }
  return -1;
}

std::vector<double> coarse_gradient(const std::string& surrogate) {
  Cohort<double> cohort = cohort_of<double>(surrogate, 1);
  CHECK(cohort.evaluate(0, coarse_samples()).loss == 0.75);
  cohort.step({});
  std::vector<double> moved;
  for (std::size_t i = 0; i < kCoarseHidden.size(); ++i)
    moved.push_back(kCoarseHidden[i] - cohort.learners()[0].tensors()[0].latent()[i]);
  return moved;
}

void check_gradient(const std::vector<double>& a, const std::vector<double>& b) {
  for (std::size_t i = 0; i < b.size(); ++i) CHECK(a[i] == Approx(b[i]).margin(1e-6));
}

}  // namespace

TEST_CASE("mean coarse gradients of the worked example", "[coarse]") {
  check_gradient(coarse_gradient("relu"),
                 {-0.192137, -0.064037, 0.152987, -0.101462, 0.130713, -0.252238, 0.152987, -0.101462, 0.061425,
                  0.316275, -0.152987, 0.101462, 0.061425, 0.316275, 0, 0});
  check_gradient(coarse_gradient("reverse-exponential"),
                 {-0.134688, -0.044890, 0.142315, -0.094384, 0.071378, -0.137739, 0.134505, -0.089205, 0.039885,
                  0.304913, -0.086040, 0.057062, 0.090459, 0.252159, 0, 0});
}

TEST_CASE("the steps to a loss of exactly zero", "[coarse]") {
  CHECK(steps_to_zero<double>("relu") == 16);
  CHECK(steps_to_zero<double>("reverse-exponential") == 20);
  CHECK(steps_to_zero<double>("log-tailed") == 16);
  CHECK(steps_to_zero<float>("relu") == 16);
  CHECK(steps_to_zero<float>("reverse-exponential") == 20);
}
