// SPDX-License-Identifier: MIT
// What is no shape: a struct in which one function is missing or has another type is refused when it is compiled.
#include <catch2/catch.hpp>

#include "sim/estimators/global_shape.hpp"

using namespace steq;

namespace {

struct Periodic {
  template <class T>
  void evaluate(ShapeArray<T>& u) const {
    u.setOnes();
  }
  double rise(double u) const { return u; }
  EstimatorBounds bounds() const { return {.lower = 1, .upper = 1, .lipschitz = 0}; }
  EstimatorTraits traits() const { return {}; }
  ExpressionText expression() const { return {"1"}; }
  std::optional<double> reciprocal_integral(double u) const { return u; }
  std::optional<double> reciprocal_integral_inverse(double f) const { return f; }
};

struct Global {
  template <class Array>
  void evaluate(Array& w) const {
    w.setOnes();
  }
  double rise(double w) const { return w; }
  EstimatorBounds bounds() const { return {.lower = 1, .upper = 1, .lipschitz = 0}; }
  EstimatorTraits traits() const { return {.periodic = false}; }
  ExpressionText expression() const { return {"1"}; }
  std::optional<double> reciprocal_rise(double) const { return std::nullopt; }
};

// A deleted function is one that cannot be called, as a forgotten one.
struct WithoutEvaluate : Periodic {
  void evaluate() const = delete;
};
struct WithoutRise : Periodic {
  double rise(double) const = delete;
};
struct WithoutBounds : Periodic {
  EstimatorBounds bounds() const = delete;
};
struct WithoutTraits : Periodic {
  EstimatorTraits traits() const = delete;
};
struct WithoutExpression : Periodic {
  ExpressionText expression() const = delete;
};
struct WithoutIntegral : Periodic {
  std::optional<double> reciprocal_integral(double) const = delete;
};
struct WithoutInverse : Periodic {
  std::optional<double> reciprocal_integral_inverse(double) const = delete;
};
struct MutableRise : Periodic {
  double rise(double u) { return u; }
};
struct IntegralOfAnotherType : Periodic {
  double reciprocal_integral(double u) const { return u; }
};
struct DoubleOnly : Periodic {
  static constexpr bool kEnclosable = false;
  void evaluate(ShapeArray<double>&) const {}
};
struct NotEnclosable : Periodic {
  void evaluate(ShapeArray<float>&) const {}
  void evaluate(ShapeArray<double>&) const {}
};
struct AdmittedlyNotEnclosable : NotEnclosable {
  static constexpr bool kEnclosable = false;
};
struct GlobalWithoutExpression : Global {
  ExpressionText expression() const = delete;
};
struct WithoutReciprocalRise : Global {
  std::optional<double> reciprocal_rise(double) const = delete;
};
struct KinkedGlobal : Global {
  std::vector<double> kinks() const { return {0.25}; }
};

static_assert(PeriodicShape<Periodic> && GlobalShape<Global>);
static_assert(!PeriodicShape<Global> && !GlobalShape<Periodic>);
static_assert(!PeriodicShape<WithoutEvaluate>);
static_assert(!PeriodicShape<WithoutRise>);
static_assert(!PeriodicShape<WithoutBounds>);
static_assert(!PeriodicShape<WithoutTraits>);
static_assert(!PeriodicShape<WithoutExpression>);
static_assert(!PeriodicShape<WithoutIntegral>);
static_assert(!PeriodicShape<WithoutInverse>);
static_assert(!PeriodicShape<MutableRise>);
static_assert(!PeriodicShape<IntegralOfAnotherType>);
static_assert(!PeriodicShape<DoubleOnly>);
static_assert(!PeriodicShape<NotEnclosable>);
static_assert(PeriodicShape<AdmittedlyNotEnclosable>);
static_assert(!GlobalShape<GlobalWithoutExpression>);
static_assert(!GlobalShape<WithoutReciprocalRise>);
static_assert(!PeriodicShape<int>);

}  // namespace

TEST_CASE("what only some shapes have is empty where it is not there", "[estimators]") {
  CHECK(kinks_of(Periodic{}).empty());
  CHECK(remarks_of(Global{}).empty());
  CHECK_FALSE(closed_form_of(Periodic{}));
  CHECK(kinks_of(KinkedGlobal{}) == std::vector<double>{0.25});
}
