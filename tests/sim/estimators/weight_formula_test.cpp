// SPDX-License-Identifier: MIT
// Formulas that ask for the weight, the grid, or the gradient's sign.
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "tests/recipes.hpp"

using namespace steq;
using Catch::Matchers::Contains;

namespace {

constexpr const char* kFourLevels = "uniform:bits=2,range=1.5";  // levels -1.5, -0.5, 0.5, 1.5

std::unique_ptr<Estimator> weight_formula(const std::string& q, const std::string& grid = kFourLevels) {
  return test::estimator("formula:q=" + q, grid);
}

double factor(const Estimator& estimator, double w, double g) {
  double gradient = g;
  estimator.backward(std::span<const double>(&w, 1), std::span<double>(&gradient, 1), BlockPlace{});
  return gradient / g;
}

}  // namespace

TEST_CASE("a formula may use the weight, the range and the spacing", "[formula]") {
  const auto triangle = weight_formula("2-2*abs(w)/W", "sign:range=0.8"),
             approx = test::estimator("approx-sign", "sign:range=0.8");
  for (int i = 0; i < 200; ++i) {
    const double w = test::scattered(i, -1, 1);
    CHECK(triangle->derivative(w) == Approx(approx->derivative(w)).margin(1e-12));
    CHECK(triangle->surrogate(w) == Approx(approx->surrogate(w)).margin(1e-12));
  }
  const auto mixed = weight_formula("1+0.5*cos(2*pi*u)*abs(w)/W");
  for (const double w : {-1.5, -1.2, -0.3, 0.0, 0.4, 0.7, 1.5}) {
    const double u = std::remainder(w, 1);
    CHECK(mixed->derivative(w) == Approx(1 + 0.5 * std::cos(2 * std::numbers::pi * u) * std::abs(w) / 1.5));
  }
  CHECK(mixed->derivative(1.6) == 0);
  CHECK(weight_formula("1+delta*u*u")->derivative(0.25) == Approx(1.0625));
  CHECK(weight_formula("1+delta*u*u")->traits().periodic);
  CHECK(weight_formula("w>0.2?2:1,from=level")->derivative(0.21) == 2);
}

TEST_CASE("what a formula in the weight declares follows from its values", "[formula]") {
  const auto hat = weight_formula("1.5-abs(w-0.2)/W");
  CHECK_FALSE(hat->traits().periodic);
  CHECK((hat->traits().smooth && hat->traits().positive && !hat->traits().sign_dependent));
  CHECK(hat->bounds().lower == Approx(1.5 - 1.7 / 1.5));
  CHECK(hat->bounds().upper == Approx(1.5).epsilon(1e-8));
  CHECK(hat->bounds().lipschitz == Approx(1 / 1.5).epsilon(1e-8));
  const std::vector<double> kinks = hat->kinks();
  CHECK(std::any_of(kinks.begin(), kinks.end(), [](double kink) { return std::abs(kink - 0.2) < 1e-7; }));
  CHECK_FALSE(weight_formula("w>0.2?2:1")->traits().smooth);
  CHECK_FALSE(weight_formula("max(0,w)+0*u")->traits().positive);
  CHECK_FALSE(weight_formula("1+u+0*w")->traits().smooth);  // the ends of the bins do not meet
  CHECK(weight_formula("1+u*u+0*w")->traits().smooth);
  CHECK(weight_formula("1+u+0*w", "sign:range=1")->traits().smooth);
  CHECK_FALSE(weight_formula("1+u+0*w,from=level", "sign:range=1")->traits().smooth);
}

TEST_CASE("a formula may use the sign of the gradient", "[formula]") {
  const auto own = weight_formula("1+0.2*g*(u-(u<0?-0.5:0.5))"), ewgs = test::estimator("ewgs:delta=0.2", kFourLevels);
  CHECK(own->traits().sign_dependent);
  CHECK(own->bounds().lower == Approx(ewgs->bounds().lower));
  CHECK(own->bounds().upper == Approx(ewgs->bounds().upper));
  for (int i = 0; i < 300; ++i) {
    const double w = test::scattered(i, -1.7, 1.7);
    for (const double g : {-3.0, 0.01}) CHECK(factor(*own, w, g) == Approx(factor(*ewgs, w, g)).margin(1e-12));
    CHECK(own->derivative(w) == Approx(ewgs->derivative(w)).margin(1e-12));
    CHECK(own->surrogate(w) == Approx(ewgs->surrogate(w)).margin(1e-12));
  }
  std::vector<float> w{0.2F, 0.2F, 0.2F}, gradient{0, -1, 2};
  own->backward(std::span<const float>(w), std::span<float>(gradient), BlockPlace{});
  CHECK(gradient[0] == 0);
  CHECK(gradient[1] == Approx(-(1 + 0.2 * 0.3)));
  CHECK(gradient[2] == Approx(2 * (1 - 0.2 * 0.3)));
  CHECK_FALSE(weight_formula("1+0*g")->traits().sign_dependent);
}

TEST_CASE("a formula that is bad on this grid is refused with the weight", "[formula]") {
  CHECK_THROWS_WITH(weight_formula("1-abs(w)"),
                    Catch::StartsWith("estimator.q: \"1-abs(w)\" is -0.5 at w = -1.5, u = -0.5, g = 1") &&
                        Contains("; allowed: a finite number >= 0") && Contains("W = 1.5"));
  CHECK_NOTHROW(weight_formula("1-abs(w)", "uniform:bits=2,range=1"));
  CHECK_THROWS_WITH(weight_formula("1-2*g*abs(u)-0.1*(g>0)"), Contains("g = 1"));
  CHECK_THROWS_WITH(weight_formula("0*w"), Contains("is 0 for every w"));
  CHECK_THROWS_WITH(weight_formula("1.2-W"), Contains("at u = -0.5"));
  CHECK_THROWS_WITH(weight_formula("1+y*w"), Contains("unknown name at index 2, \"y\"; allowed: u, w, g, W, delta, "));
  for (const std::string& grid : test::grid_specs())
    CHECK_NOTHROW(weight_formula("1-abs(w)/W", grid));  // 0 at the ends
  CHECK_THROWS_WITH(weight_formula("2-abs(w)/W,gate=none"), Contains("\"2-abs(w)/W\" is "));
  CHECK_NOTHROW(weight_formula("1/(1+w*w),gate=none"));
}

TEST_CASE("the end of the range belongs to the last bin, in both precisions", "[formula]") {
  const auto estimator = weight_formula("1+u+0*w", "uniform:bits=2,range=0.3");  // 0.3F > 0.3
  const std::vector<float> w{0.3F, -0.3F};
  std::vector<float> q{1, 1};
  estimator->backward(std::span<const float>(w), std::span<float>(q), BlockPlace{});
  CHECK(q[0] == Approx(1.5F));
  CHECK(q[1] == Approx(0.5F));
  CHECK(estimator->derivative(0.3) == Approx(1.5));
}
