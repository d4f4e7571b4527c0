// SPDX-License-Identifier: MIT
#include "sim/estimators/expression.hpp"

#include <fmt/format.h>
#include <muParser.h>

#include <algorithm>
#include <mutex>
#include <set>

#include "sim/core/parameters.hpp"

namespace steq {
namespace {

constexpr const char* kAllowed = "allowed: a formula in u, such as 1+0.5*cos(2*pi*u)";

/// Gives a parser the variables, kept in `point`.
void define_variables(mu::Parser& parser, Expression::Point& point) {
  parser.DefineVar("u", &point.u);
  parser.DefineVar("w", &point.w);
  parser.DefineVar("g", &point.g);
}

InputError refused(const std::string& text, const std::string& why, const std::string& allowed = kAllowed) {
  return InputError("", fmt::format("\"{}\" {}; {}", text, why, allowed));
}

/// muParser takes = for an assignment to a variable.
void refuse_assignment(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') continue;
    const bool comparison = (i > 0 && std::string("<>!=").find(text[i - 1]) != std::string::npos) ||
                            (i + 1 < text.size() && text[i + 1] == '=');
    if (!comparison) throw refused(text, fmt::format("assigns at index {}, \"=\"", i));
  }
}

std::string allowed_names(const mu::Parser& parser) {
  std::vector<std::string> names{"u", "w", "g"};
  for (const auto& [name, value] : parser.GetConst()) names.push_back(name);
  for (const auto& [name, function] : parser.GetFunDef()) names.push_back(name);
  return "allowed: " + join(names);
}

InputError explained(const std::string& text, const mu::Parser& parser, const mu::Parser::exception_type& error) {
  const std::string& token = error.GetToken();
  const std::string where =
      error.GetPos() < 0 ? ""
                         : fmt::format(" at index {}", std::min(static_cast<std::size_t>(error.GetPos()), text.size()));
  if (error.GetCode() == mu::ecUNASSIGNABLE_TOKEN)
    return refused(text, fmt::format("has an unknown name{}, \"{}\"", where, token), allowed_names(parser));
  const bool known = !token.empty() && error.GetCode() != mu::ecINTERNAL_ERROR;
  return refused(
      text, fmt::format("does not parse{}{}", where, known ? fmt::format(", \"{}\" ({})", token, error.GetMsg()) : ""));
}

/// Which variables and constants a text names that compiles.
std::set<std::string> names_in(const std::string& text, const Expression::Constants& constants) {
  mu::Parser parser;
  parser.ClearConst();
  Expression::Point point;
  define_variables(parser, point);
  std::vector<double> values(constants.size());  // constants are folded away, variables are not
  for (std::size_t i = 0; i < values.size(); ++i) parser.DefineVar(constants[i].first, &values[i]);
  parser.SetExpr(text);
  std::set<std::string> names;
  for (const auto& [name, value] : parser.GetUsedVar()) names.insert(name);
  return names;
}

}  // namespace

/// One parser with the variables that it reads; not to be moved.
struct Expression::Compiled {
  Compiled(const std::string& text, const Constants& constants) {
    parser.ClearConst();
    for (const auto& [name, value] : constants) parser.DefineConst(name, value);
    define_variables(parser, point);
    try {
      parser.SetExpr(text);
      parser.Eval();
      if (parser.GetNumResults() != 1) throw refused(text, fmt::format("has {} results", parser.GetNumResults()));
    } catch (const mu::Parser::exception_type& error) {
      throw explained(text, parser, error);
    }
  }

  Point point;
  mu::Parser parser;
};

/// A parser serves one thread at a time: those not in use wait here.
class Expression::Pool {
 public:
  Pool(const std::string& text, const Constants& constants) : text_(text), constants_(constants) {
    if (text.find_first_not_of(" \t\n") == std::string::npos) throw refused(text, "is empty");
    refuse_assignment(text);
    idle_.push_back(compile());
    used_ = names_in(text, constants);
  }

  const std::string& text() const { return text_; }
  const std::set<std::string>& used() const { return used_; }

  std::unique_ptr<Compiled> take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return compile();
    std::unique_ptr<Compiled> compiled = std::move(idle_.back());
    idle_.pop_back();
    return compiled;
  }

  void give_back(std::unique_ptr<Compiled> compiled) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(compiled));
  }

 private:
  std::unique_ptr<Compiled> compile() const { return std::make_unique<Compiled>(text_, constants_); }

  std::string text_;
  Constants constants_;
  std::set<std::string> used_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Compiled>> idle_;
};

Expression::Expression(const std::string& text, const Constants& constants)
    : pool_(std::make_shared<Pool>(text, constants)) {}

const std::string& Expression::text() const { return pool_->text(); }

bool Expression::uses(const std::string& name) const { return pool_->used().contains(name); }

double Expression::operator()(const Point& at) const {
  double value = 0;
  evaluate(std::span(&at, 1), std::span(&value, 1));
  return value;
}

void Expression::evaluate(std::span<const Point> points, std::span<double> value) const {
  std::unique_ptr<Compiled> compiled = pool_->take();
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i > 0 && points[i] == points[i - 1]) {
      value[i] = value[i - 1];  // padding repeats itself
      continue;
    }
    compiled->point = points[i];
    value[i] = compiled->parser.Eval();
  }
  pool_->give_back(std::move(compiled));
}

}  // namespace steq
