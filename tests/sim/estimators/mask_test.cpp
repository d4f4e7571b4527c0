// SPDX-License-Identifier: MIT
// Where every estimator masks the gradient, and what it makes of what is no number.
#include <algorithm>

#include "tests/sim/estimators/every_estimator.hpp"

using namespace steq;
using namespace steq::test;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr float kFar = 1e30f;

}  // namespace

TEST_CASE("the gradient passes up to the reach and is masked beyond", "[estimators]") {
  for_all([](const Estimator& estimator) {
    const double range = estimator.grid().range, reach = estimator.reach();
    CHECK(reach >= range);
    if (estimator.bounds().lower > 0) CHECK((estimator.derivative(range) > 0 && estimator.derivative(-range) > 0));
    if (!clips(estimator)) {
      CHECK(estimator.derivative(1.1 * range) != 0);
      CHECK(estimator.surrogate(1.3 * range) != estimator.surrogate(range));
      return;
    }
    CHECK(estimator.derivative(std::nextafter(reach, 2 * reach)) == 0);
    CHECK(estimator.derivative(-1.5 * reach) == 0);
    CHECK(estimator.surrogate(3 * reach) == estimator.surrogate(reach));
    const auto narrow = static_cast<float>(reach);
    const std::vector<float> ends = float_q(estimator, {narrow, -narrow, std::nextafter(narrow, kFar), -2 * narrow});
    if (estimator.bounds().lower > 1e-30) CHECK((ends[0] > 0 && ends[1] > 0));
    CHECK((ends[2] == 0 && ends[3] == 0));
  });
}

TEST_CASE("every estimator that goes with a uniform grid has a gate", "[estimators]") {
  for (const auto& entry : estimator_registry().entries()) {
    INFO(entry.info.name);
    if (!entry.info.needs.empty()) continue;
    const double cut = entry.info.name == "reste" ? 1.5 * 1.25 : kInf;
    const auto reach = [&](const char* name, const Value& value) {
      return test::estimator(to_text(test::with(entry.info, name, value)), "uniform:bits=2,range=1.25")->reach();
    };
    CHECK(reach("gate", Value("range")) == 1.25);
    CHECK(reach("gate", Value("none")) == cut);
    CHECK(reach("clip", Value(true)) == 1.25);  // the name that it had
    CHECK(reach("clip", Value(false)) == cut);
  }
}

TEST_CASE("NaN and infinite weights or gradients leave their neighbours alone", "[estimators]") {
  for_all([](const Estimator& estimator) {
    const double w0 = 0.3 * estimator.grid().range;
    const auto backward = [&]<class T>(std::vector<T> w, std::vector<T> gradient) {
      estimator.backward(std::span<const T>(w), std::span<T>(gradient), BlockPlace{});
      return gradient;
    };
    const std::vector<double> clean = backward(std::vector<double>(7, w0), std::vector<double>(7, 1));
    const std::vector<double> gradient =
        backward(std::vector<double>{kNaN, w0, kInf, -kInf, 1e300, w0, w0}, {1, 1, 1, 1, 1, kNaN, 1});
    CHECK(gradient[1] == clean[1]);
    CHECK(gradient[6] == clean[6]);
    CHECK(std::isnan(gradient[5]));
    if (clips(estimator)) CHECK((gradient[0] == 0 && gradient[2] == 0 && gradient[3] == 0 && gradient[4] == 0));
    const float f0 = static_cast<float>(w0), nan = static_cast<float>(kNaN), inf = static_cast<float>(kInf);
    const std::vector<float> q = float_q(estimator, {nan, f0, inf, 1e38f, f0});
    const std::vector<float> clean_q = float_q(estimator, std::vector<float>(5, f0));
    CHECK((q[1] == clean_q[1] && q[4] == clean_q[4]));
    CHECK(float_q(estimator, {}).empty());
  });
}
