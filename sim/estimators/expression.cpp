// SPDX-License-Identifier: MIT
#include "sim/estimators/expression.hpp"

#include <fmt/format.h>
#include <muParser.h>

#include <algorithm>
#include <mutex>

#include "sim/core/parameters.hpp"

namespace steq {
namespace {

constexpr const char* kAllowed = "allowed: a formula in u, such as 1+0.5*cos(2*pi*u)";

InputError refused(const std::string& text, const std::string& why, const std::string& allowed = kAllowed) {
  return InputError("", fmt::format("\"{}\" {}; {}", text, why, allowed));
}

/// muParser takes = for an assignment to u.
void refuse_assignment(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') continue;
    const bool comparison = (i > 0 && std::string("<>!=").find(text[i - 1]) != std::string::npos) ||
                            (i + 1 < text.size() && text[i + 1] == '=');
    if (!comparison) throw refused(text, fmt::format("assigns at index {}, \"=\"", i));
  }
}

std::string allowed_names(const mu::Parser& parser) {
  std::vector<std::string> names{"u"};
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

/// One parser with the variable that it reads; not to be moved.
struct Compiled {
  Compiled(const std::string& text, const Expression::Constants& constants) {
    parser.ClearConst();
    for (const auto& [name, value] : constants) parser.DefineConst(name, value);
    parser.DefineVar("u", &u);
    try {
      parser.SetExpr(text);
      parser.Eval();
      if (parser.GetNumResults() != 1) throw refused(text, fmt::format("has {} results", parser.GetNumResults()));
    } catch (const mu::Parser::exception_type& error) {
      throw explained(text, parser, error);
    }
  }

  double u = 0;
  mu::Parser parser;
};

}  // namespace

/// A parser serves one thread at a time: those not in use wait here.
class Expression::Pool {
 public:
  Pool(const std::string& text, const Constants& constants) : text_(text), constants_(constants) {
    if (text.find_first_not_of(" \t\n") == std::string::npos) throw refused(text, "is empty");
    refuse_assignment(text);
    idle_.push_back(compile());
  }

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
  std::mutex mutex_;
  std::vector<std::unique_ptr<Compiled>> idle_;
};

Expression::Expression(const std::string& text, const Constants& constants)
    : pool_(std::make_shared<Pool>(text, constants)) {}

double Expression::operator()(double u) const {
  evaluate(std::span(&u, 1));
  return u;
}

void Expression::evaluate(std::span<double> u) const {
  std::unique_ptr<Compiled> compiled = pool_->take();
  for (std::size_t i = 0; i < u.size(); ++i) {
    if (i == 0 || u[i] != compiled->u)
      compiled->u = u[i], u[i] = compiled->parser.Eval();
    else
      u[i] = u[i - 1];  // padding repeats itself
  }
  pool_->give_back(std::move(compiled));
}

}  // namespace steq
