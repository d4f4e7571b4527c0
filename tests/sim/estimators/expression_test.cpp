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
    CHECK(expression(u) == Approx(3 * u * u + std::max(u, 0.0) - (u < 0 ? 1 : 2)));
  std::vector<double> values{1, 1, 2, 2, 2, 1};
  Expression("2*u", {}).evaluate(values);
  CHECK(values == std::vector<double>{2, 2, 4, 4, 4, 2});
  CHECK(std::isnan(Expression("u+1", {})(std::nan(""))));
}

TEST_CASE("what is no formula in u is refused with index, token and what is allowed", "[expression]") {
  CHECK_THAT(refusal("1+foo(u)"), Contains("\"1+foo(u)\" has an unknown name at index 2, \"foo\"; allowed: u, pi, ") &&
                                      Contains("cos") && Contains("max"));
  CHECK_THAT(refusal("2*bar"), Contains("at index 2, \"bar\""));
  CHECK_THAT(refusal("_pi"), Contains("at index 0, \"_pi\""));
  CHECK_THAT(refusal("1+*2"), Contains("does not parse at index 2, \"*\"") && Contains("allowed: a formula in u"));
  CHECK_THAT(refusal("(1+u"), Contains("does not parse at index 4") && Contains("parenthesis"));
  CHECK_THAT(refusal("u=1"), Contains("assigns at index 1, \"=\""));
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
        if (const double u = t + 4 * i; expression(u) != 1 + u * u) ++wrong;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}
