// SPDX-License-Identifier: MIT
#include "sim/core/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace steq {
namespace {

std::string range_text(const ParameterInfo& info) {
  const bool low = std::isfinite(info.min), high = std::isfinite(info.max);
  if (low && high)
    return fmt::format(" in {}{}, {}{}", info.min_excluded ? '(' : '[', info.min, info.max,
                       info.max_excluded ? ')' : ']');
  if (low) return fmt::format(" {} {}", info.min_excluded ? ">" : ">=", info.min);
  if (high) return fmt::format(" {} {}", info.max_excluded ? "<" : "<=", info.max);
  return "";
}

std::string quoted_words(const ParameterInfo& info) {
  std::string text;
  for (const std::string& word : info.words) text += (text.empty() ? "\"" : " or \"") + word + "\"";
  return text;
}

bool in_range(const ParameterInfo& info, double x) {
  if (!std::isfinite(x)) return false;
  if (x < info.min || (info.min_excluded && x == info.min)) return false;
  return !(x > info.max || (info.max_excluded && x == info.max));
}

bool is_word_of(const ParameterInfo& info, const Value& given) {
  const auto* text = std::get_if<std::string>(&given);
  return text && std::find(info.words.begin(), info.words.end(), *text) != info.words.end();
}

std::optional<Value> accept_number(const ParameterInfo& info, const Value& given) {
  double x = 0;
  if (const auto* i = std::get_if<std::int64_t>(&given))
    x = static_cast<double>(*i);
  else if (const auto* d = std::get_if<double>(&given))
    x = *d;
  else
    return std::nullopt;
  if (!in_range(info, x)) return std::nullopt;
  if (info.kind == Kind::number) return Value(x);
  if (x != std::floor(x) || std::abs(x) > 9e15) return std::nullopt;
  return Value(static_cast<std::int64_t>(x));
}

/// "0.5/0.75" as numbers; nothing where a part is none.
std::optional<Numbers> parse_numbers(std::string_view text) {
  Numbers numbers;
  while (true) {
    const std::size_t end = std::min(text.find('/'), text.size());
    double number = 0;
    const auto [last, error] = std::from_chars(text.data(), text.data() + end, number);
    if (error != std::errc() || last != text.data() + end) return std::nullopt;
    numbers.push_back(number);
    if (end == text.size()) return numbers;
    text.remove_prefix(end + 1);
  }
}

std::optional<Value> accept_numbers(const ParameterInfo& info, const Value& given) {
  std::optional<Numbers> numbers;
  if (const auto* list = std::get_if<Numbers>(&given))
    numbers = *list;
  else if (const auto* text = std::get_if<std::string>(&given))
    numbers = parse_numbers(*text);
  else if (const auto* i = std::get_if<std::int64_t>(&given))
    numbers = Numbers{static_cast<double>(*i)};
  else if (const auto* d = std::get_if<double>(&given))
    numbers = Numbers{*d};
  const bool good = numbers && !numbers->empty() &&
                    std::all_of(numbers->begin(), numbers->end(), [&](double x) { return in_range(info, x); });
  return good ? std::optional<Value>(std::move(*numbers)) : std::nullopt;
}

std::string below(const std::string& place, const std::string& name) {
  return place.empty() ? name : place + "." + name;
}

/// The parameter that is given in place of this one, or null.
const ParameterInfo* replacement_of(const ParameterInfo& info, const std::vector<ParameterInfo>& declared,
                                    const Values& given) {
  for (const ParameterInfo& other : declared)
    if (other.instead_of == info.name && given.contains(other.name)) return &other;
  return nullptr;
}

std::vector<std::string> names_of(const std::vector<ParameterInfo>& declared) {
  std::vector<std::string> names;
  for (const ParameterInfo& info : declared) names.push_back(info.name);
  return names;
}

}  // namespace

std::string to_text(Kind kind) {
  static const char* const words[] = {"boolean", "integer", "number", "text", "formula", "path", "numbers"};
  return words[static_cast<int>(kind)];
}

std::string to_text(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return '"' + *text + '"';
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* i = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *i);
  if (const auto* numbers = std::get_if<Numbers>(&value)) return fmt::format("[{}]", fmt::join(*numbers, ", "));
  const double number = std::get<double>(value);
  return std::isnan(number) ? "NaN" : fmt::format("{}", number);  // whatever its sign bit
}

std::string allowed(const ParameterInfo& info) {
  const std::string words = quoted_words(info);
  switch (info.kind) {
    case Kind::boolean:
      return "true or false";
    case Kind::text:
      return words.empty() ? "a text" : words;
    case Kind::formula:
      return "a formula";
    case Kind::path:
      return "a path";
    case Kind::numbers:
      return "a list of numbers" + range_text(info);
    case Kind::integer:
      return "an integer" + range_text(info) + (words.empty() ? "" : " or " + words);
    case Kind::number:
      return "a number" + range_text(info) + (words.empty() ? "" : " or " + words);
  }
  return "";
}

std::optional<Value> accept(const ParameterInfo& info, const Value& given) {
  if (is_word_of(info, given)) return given;
  switch (info.kind) {
    case Kind::boolean:
      return std::holds_alternative<bool>(given) ? std::optional(given) : std::nullopt;
    case Kind::text:
    case Kind::path:
      return std::holds_alternative<std::string>(given) && info.words.empty() ? std::optional(given) : std::nullopt;
    case Kind::formula:
      if (std::holds_alternative<bool>(given) || std::holds_alternative<Numbers>(given)) return std::nullopt;
      return std::holds_alternative<std::string>(given) ? given : Value(to_text(given));
    case Kind::numbers:
      return accept_numbers(info, given);
    case Kind::integer:
    case Kind::number:
      return accept_number(info, given);
  }
  return std::nullopt;
}

const Value& Parameters::at(const std::string& name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) throw DomainError("undeclared parameter " + name);
  return found->second;
}

bool Parameters::boolean(const std::string& name) const { return std::get<bool>(at(name)); }
std::int64_t Parameters::integer(const std::string& name) const { return std::get<std::int64_t>(at(name)); }
double Parameters::number(const std::string& name) const { return std::get<double>(at(name)); }
const Numbers& Parameters::numbers(const std::string& name) const { return std::get<Numbers>(at(name)); }
const std::string& Parameters::text(const std::string& name) const { return std::get<std::string>(at(name)); }
bool Parameters::is_word(const std::string& name) const { return std::holds_alternative<std::string>(at(name)); }

Parameters resolve(const std::vector<ParameterInfo>& declared, const Values& given, const std::string& place,
                   std::vector<Problem>& problems) {
  const auto path = [&](const std::string& name) { return below(place, name); };
  const std::vector<std::string> names = names_of(declared);
  for (const auto& [name, value] : given)
    if (std::find(names.begin(), names.end(), name) == names.end())
      problems.push_back({path(name), names.empty() ? "unknown key; none is allowed here"
                                                    : fmt::format("unknown key; allowed: {}{}", join(names),
                                                                  suggestion(name, known_names(declared)))});
  Values values;
  for (const ParameterInfo& info : declared) {
    const auto found = given.find(info.name);
    const ParameterInfo* replacement = replacement_of(info, declared, given);
    if (found == given.end() && (replacement || !info.instead_of.empty())) continue;
    if (replacement)
      problems.push_back({path(info.name), fmt::format("not allowed beside {0}; allowed: {1} or {0}, not both",
                                                       replacement->name, info.name)});
    if (found == given.end() && !info.fallback) {
      problems.push_back({path(info.name), "missing; required is " + allowed(info)});
    } else if (found == given.end()) {
      values.emplace(info.name, *info.fallback);
    } else if (auto value = accept(info, found->second)) {
      const std::string why = info.refusal ? info.refusal(*value) : "";
      if (!why.empty()) problems.push_back({path(info.name), why});
      values.emplace(info.name, *value);
    } else {
      problems.push_back(
          {path(info.name), fmt::format("{} is not allowed; allowed: {}", to_text(found->second), allowed(info))});
    }
  }
  return Parameters(std::move(values));
}

Parameters resolve(const std::vector<ParameterInfo>& declared, const Values& given, const std::string& place) {
  std::vector<Problem> problems;
  Parameters parameters = resolve(declared, given, place, problems);
  if (!problems.empty()) throw InputError(std::move(problems));
  return parameters;
}

std::vector<Problem> at_place(std::vector<Problem> problems, const std::string& place) {
  for (Problem& problem : problems) problem.place = below(place, problem.place);
  return problems;
}

std::string join(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

}  // namespace steq
