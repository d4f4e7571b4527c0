// SPDX-License-Identifier: MIT
// What estimators say of q as text is what they compute.
#include "sim/estimators/expression_text.hpp"

#include <set>

#include "sim/core/random.hpp"
#include "sim/estimators/expression.hpp"
#include "tests/sim/estimators/every_estimator.hpp"

using namespace steq;
using namespace steq::test;

namespace {

/// Moves `at` from behind an opening bracket to its closing one; what lies between, cut at the commas of this bracket.
std::vector<std::string> arguments_behind(const std::string& text, std::size_t& at) {
  std::vector<std::string> arguments(1);
  for (int depth = 0; depth > 0 || text[at] != ')'; ++at) {
    if (depth == 0 && text[at] == ',') {
      arguments.emplace_back();
      continue;
    }
    depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
    arguments.back() += text[at];
  }
  return arguments;
}

std::string number(double x) { return fmt::format("{:.17g}", x); }

std::string terms(const std::vector<std::string>& sum, const Grid& grid, const Symbols& symbols) {
  std::vector<std::string> terms;
  if (sum[0] == "t")
    for (std::size_t i = 0; i < grid.thresholds.size(); ++i)
      terms.push_back(substituted(substituted(sum[1], "t", number(grid.thresholds[i])), "s",
                                  number(grid.levels[i + 1] - grid.levels[i])));
  else
    for (double j = Expression(sum[1], symbols)({}); j <= Expression(sum[2], symbols)({}); ++j)
      terms.push_back(substituted(sum[3], "j", number(j)));
  return fmt::format("({})", fmt::join(terms, "+"));
}

/// muParser's sum() knows neither thresholds nor integers: written out.
std::string without_sums(const ExpressionText& expression, const Grid& grid) {
  std::string text = expression.text;
  for (std::size_t first; (first = std::min(text.find("sum(t,"), text.find("sum(j,"))) != std::string::npos;) {
    std::size_t last = first + 4;
    const std::vector<std::string> sum = arguments_behind(text, last);
    text.replace(first, last + 1 - first, terms(sum, grid, expression.symbols));
  }
  return text;
}

/// The text on a grid, for weights in a block of one.
class Written {
 public:
  Written(const Estimator& estimator, const Grid& grid, const Symbols& more) : frame_(grid.frame()) {
    Symbols names{{"W", frame_.range()}, {"delta", frame_.delta}, {"epsilon", 0x1p-52}};
    for (std::size_t i = 0; i < grid.names.size(); ++i) names.emplace_back(grid.names[i], grid.numbers[i]);
    const ExpressionText written = estimator.expression();
    for (const Symbols& others : {more, written.symbols}) names.insert(names.end(), others.begin(), others.end());
    expression_.emplace(without_sums(written, grid), names);
  }
  double operator()(double w, double sign) const {
    const double position = (w - frame_.low) / frame_.delta;
    return (*expression_)({.u = position - std::floor(position) - 0.5, .w = w, .g = sign});
  }

 private:
  GridFrame frame_;
  std::optional<Expression> expression_;
};

/// Beyond the range too, and the thresholds.
std::vector<double> weights_on(const Grid& grid) {
  std::vector<double> w = grid.thresholds;
  for (int i = 0; i < 100; ++i) w.push_back(scattered(i, -1.4 * grid.range, 1.4 * grid.range));
  return w;
}

Approx nearly(double q) { return Approx(q).epsilon(1e-12).margin(1e-290); }

/// What multiplies gradients of both signs, on a grid that may not be the estimator's own.
void check_multiplier(const Estimator& estimator, const Grid& grid) {
  const std::vector<GridParameter> own = estimator.parameters();
  const std::vector<double> fitted(own.size(), 0.3);
  const BlockPlace place{
      .seed = 5, .step = 7, .frame = grid.frame(), .grid = grid.numbers, .estimator = std::span(fitted)};
  Symbols more{{"r", RandomStream(place, Purpose::estimator_noise, 0).uniform()}};
  for (std::size_t i = 0; i < own.size(); ++i) more.emplace_back(own[i].name, fitted[i]);
  const Written written(estimator, grid, more);
  for (const double w : weights_on(grid))
    for (const double sign : {1.0, -1.0}) {
      double gradient = sign;
      estimator.multiply(std::span(&w, 1), std::span(&gradient, 1), place);
      INFO("w = " << w);
      CHECK(written(w, sign) == nearly(sign * gradient));
    }
}

/// q(w): the mean over signs and draws.
void check_mean(const Estimator& estimator) {
  Symbols low{{"r", 0.25}}, high{{"r", 0.75}};
  for (const GridParameter& own : estimator.parameters())
    for (Symbols* names : {&low, &high}) names->emplace_back(own.name, 0);
  const Written one(estimator, estimator.grid(), low), other(estimator, estimator.grid(), high);
  for (const double w : weights_on(estimator.grid())) {
    INFO("w = " << w);
    CHECK((one(w, 1) + one(w, -1) + other(w, 1) + other(w, -1)) / 4 == nearly(estimator.unmasked_derivative(w)));
  }
}

/// An estimator that needs a quantizer, with each word that its parameters know; the gate is not part of the text.
std::vector<std::string> specs_of(const PluginInfo& info) {
  std::vector<std::string> specs{to_text(example_of(info))};
  for (const ParameterInfo& parameter : info.parameters)
    for (const std::string& word : parameter.words)
      if (parameter.name != "gate") specs.push_back(to_text(with(info, parameter.name, Value(word))));
  return specs;
}

}  // namespace

TEST_CASE("the text of every estimator is its q", "[expression_text]") {
  std::set<std::string> names;
  for (const std::string& grid : grid_specs())
    for (const std::string& spec : estimator_specs()) {
      INFO(spec << " on " << grid);
      const auto estimator = test::estimator(spec, grid);
      check_multiplier(*estimator, estimator->grid());
      check_mean(*estimator);
      names.insert(parse_spec(spec, "").name);
    }
  for (const auto& entry : estimator_registry().entries())
    CHECK(names.contains(entry.info.name) == entry.info.needs.empty());
}

TEST_CASE("the text is q wherever a grid has moved to", "[expression_text]") {
  std::vector<std::pair<std::string, std::string>> pairs{
      {"magnitude-aware", "ttq"}, {"magnitude-aware", "lsq:bits=3"}, {"dsq", "lsq"}, {"reste", "xnor"},
      {"sigmoid-sum", "lsq"},     {"sigmoid-sum:finite=true", "lsq"}};
  for (const auto& entry : estimator_registry().entries())
    if (!entry.info.needs.empty())
      for (const std::string& spec : specs_of(entry.info)) pairs.emplace_back(spec, entry.info.needs);
  pairs.emplace_back("exact", "soft-staircase:levels=-4/-2/-1/0/1/2/4,thresholds=-3/-1.5/-0.5/0.5/1.5/3,temperature=5");
  for (const auto& [spec, grid] : pairs)
    for (const double factor : {1.0, 0.7, 1.9}) {
      INFO(spec << " on " << grid << " times " << factor);
      const auto quantizer = test::quantizer(grid);
      std::vector<double> numbers = quantizer->grid().numbers;
      for (double& number : numbers) number *= factor;
      check_multiplier(*test::estimator(spec, quantizer->grid()), quantizer->grid_at(numbers));
    }
}

TEST_CASE("a formula's text counts from thresholds, wherever the user counted from", "[expression_text]") {
  const auto text = [](const char* spec) { return test::estimator(spec, "uniform:bits=2")->expression(); };
  CHECK(text("formula:q=1+0.5*cos(2*pi*u)").text == "1+0.5*cos(2*pi*u)");
  CHECK(text("formula:q=1+0.5*cos(2*pi*u)").symbols == Symbols{{"pi", std::acos(-1)}});
  CHECK(text("formula:q=1+u*w*w,from=level").text == "1+(u-(u<0?-0.5:0.5))*w*w");
}

TEST_CASE("a name is replaced where it stands alone", "[expression_text]") {
  CHECK(substituted("t+tanh(t*2e5)-at/t_", "t", "-1") == "(-1)+tanh((-1)*2e5)-at/t_");
  CHECK(substituted("1e5+e", "e", "2") == "1e5+(2)");
  CHECK(substituted("", "t", "1").empty());
}
