// SPDX-License-Identifier: MIT
#include "sim/core/interval.hpp"

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <catch2/catch.hpp>
#include <random>

#include "sim/core/errors.hpp"

using namespace steq;

namespace {

using Exact = boost::multiprecision::cpp_bin_float_100;

/// 2000 numbers of all sizes between 2^-30 and 2^`most`, half of them negative where `negative`.
std::vector<double> numbers(int most, bool negative) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> exponent(-30, most);
  std::vector<double> all;
  for (int i = 0; i < 2000; ++i) all.push_back(std::exp2(exponent(random)) * (negative && i % 2 ? -1 : 1));
  return all;
}

/// `result` holds `exact`, and is at most `ulps` wide.
void check(const Interval& result, const Exact& exact, int ulps) {
  CHECK(Exact(result.lower()) <= exact);
  CHECK(Exact(result.upper()) >= exact);
  CHECK(above(result.lower(), ulps) >= result.upper());
}

}  // namespace

TEST_CASE("arithmetic encloses the exact result within two ulps", "[interval]") {
  const std::vector<double> x = numbers(40, true);
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    const double a = x[i], b = x[i + 1];
    check(Interval(a) + b, Exact(a) + b, 2);
    check(Interval(a) - b, Exact(a) - b, 2);
    check(Interval(a) * b, Exact(a) * b, 2);
    check(Interval(a) / b, Exact(a) / b, 2);
    check(boost::numeric::sqrt(Interval(std::abs(a))), sqrt(Exact(std::abs(a))), 2);
  }
}

TEST_CASE("what is exact stays a point", "[interval]") {
  CHECK(width(Interval(0.5) + 0.25) == 0);
  CHECK(width(Interval(3.0) * 7.0) == 0);
  CHECK(width(Interval(1.0) / 8.0) == 0);
  CHECK(width(boost::numeric::sqrt(Interval(2.25))) == 0);
  CHECK(width(Interval(0.0) * Interval(-kUnbounded, kUnbounded)) == 0);
  CHECK(width(Interval(1.0) / 3.0) > 0);
  CHECK(width(Interval(1e-200) * 1e-200) > 0);  // underflows
}

TEST_CASE("elementary functions enclose the exact value", "[interval]") {
  for (const double x : numbers(4, true)) {
    check(boost::numeric::exp(Interval(x)), exp(Exact(x)), 8);
    check(boost::numeric::tanh(Interval(x)), tanh(Exact(x)), 8);
    check(boost::numeric::sinh(Interval(x)), sinh(Exact(x)), 8);
    check(boost::numeric::cosh(Interval(x)), cosh(Exact(x)), 8);
    const Interval cosine = boost::numeric::cos(Interval(x)), sine = boost::numeric::sin(Interval(x));
    CHECK((Exact(cosine.lower()) <= cos(Exact(x)) && Exact(cosine.upper()) >= cos(Exact(x))));
    CHECK((Exact(sine.lower()) <= sin(Exact(x)) && Exact(sine.upper()) >= sin(Exact(x))));
    CHECK((width(cosine) < 1e-13 && width(sine) < 1e-13));  // the reduction of x costs some ulps of pi
  }
  for (const double x : numbers(20, false)) {
    check(boost::numeric::log(Interval(x)), log(Exact(x)), 8);
    for (const double p : {-2.5, -1.0 / 3, 0.7, 3.0}) check(pow(Interval(x), p), pow(Exact(x), Exact(p)), 8);
  }
}

TEST_CASE("powers need a base that is not negative", "[interval]") {
  CHECK(pow(Interval(0, 4), 0.5).lower() == 0);
  CHECK(pow(Interval(0, 4), -1.5).upper() == kUnbounded);
  CHECK_THROWS_AS(pow(Interval(-1, 4), 0.5), DomainError);
}
