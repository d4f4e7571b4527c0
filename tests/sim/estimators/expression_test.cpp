// SPDX-License-Identifier: MIT
#include "sim/estimators/expression.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>
#include <thread>

#include "sim/core/errors.hpp"

using namespace steq;
using Catch::Matchers::Contains;

namespace {

std::string refusal(const std::string& text) {
  try {
    Expression(text, {{"pi", 3}});
    return "nothing was thrown";
  } catch (const InputError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("an expression is what a pocket calculator makes of it", "[expression]") {
  const Expression expression("a*u^2 + max(u, 0) - (u < 0 ? 1 : 2)", {{"a", 3}});
  for (const double u : {-2.0, -0.5, 0.0, 0.25, 7.0})
    CHECK(expression({.u = u}) == Approx(3 * u * u + std::max(u, 0.0) - (u < 0 ? 1 : 2)));
  std::vector<Expression::Point> points;
  for (const double u : {1, 1, 2, 2, 2, 1}) points.push_back({.u = u});
  points.push_back({.u = 1, .w = 5});
  std::vector<double> values(points.size());
  Expression("2*u+w", {}).evaluate(points, values);
  CHECK(values == std::vector<double>{2, 2, 4, 4, 4, 2, 7});
  CHECK(std::isnan(Expression("u+1", {})({.u = std::nan("")})));
  CHECK(Expression("w*g/W", {{"W", 4}})({.w = 2, .g = -1}) == -0.5);
}

TEST_CASE("an expression knows which names it uses", "[expression]") {
  const Expression expression("abs(w)/W + 0*g", {{"W", 4}, {"pi", 3}});
  for (const char* used : {"w", "W", "g"}) CHECK(expression.uses(used));
  for (const char* other : {"u", "pi", "abs", "none"}) CHECK_FALSE(expression.uses(other));
  CHECK_FALSE(Expression("pi", {{"pi", 3}}).uses("u"));
  CHECK(expression.text() == "abs(w)/W + 0*g");
}

TEST_CASE("what is no formula in u is refused with index, token and what is allowed", "[expression]") {
  CHECK_THAT(refusal("1+foo(u)"),
             Contains("\"1+foo(u)\" has an unknown name at index 2, \"foo\"; allowed: u, w, g, pi, ") &&
                 Contains("cos") && Contains("max"));
  CHECK_THAT(refusal("2*bar"), Contains("at index 2, \"bar\""));
  CHECK_THAT(refusal("_pi"), Contains("at index 0, \"_pi\""));
  CHECK_THAT(refusal("1+*2"), Contains("does not parse at index 2, \"*\"") && Contains("allowed: a formula in u"));
  CHECK_THAT(refusal("(1+u"), Contains("does not parse at index 4") && Contains("parenthesis"));
  CHECK_THAT(refusal("u=1"), Contains("assigns at index 1, \"=\""));
  CHECK_THAT(refusal("w=1"), Contains("assigns at index 1, \"=\""));
  CHECK_THAT(refusal("1+(u=1)"), Contains("assigns at index 4"));
  CHECK_THAT(refusal(""), Contains("is empty"));
  CHECK_THAT(refusal(" "), Contains("is empty"));
  CHECK_THAT(refusal("1,2"), Contains("has 2 results"));
  for (const char* bad : {"\"a\"", "1)", "max()", "2 u", "1e", "u++", "1?2", "#", "\xc3\xa9", "sin(1,2)"}) {
    INFO(bad);
    CHECK_THAT(refusal(bad), Contains("allowed: "));
  }
  for (const char* good : {"u==0?1:2", "u<=0", "u>=0", "u!=0"}) CHECK(refusal(good) == "nothing was thrown");
}

TEST_CASE("several threads can evaluate one expression", "[expression]") {
  const Expression expression("1+u*u", {});
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20000; ++i)
        if (const double u = t + 4 * i; expression({.u = u}) != 1 + u * u) ++wrong;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}
