// SPDX-License-Identifier: MIT
#include "sim/core/parameter_info.hpp"

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
      return "a list of numbers" + range_text(info) + (words.empty() ? "" : " or " + words);
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

std::string not_rising(const Value& value) {
  const auto* all = std::get_if<Numbers>(&value);
  const bool rises = !all || std::is_sorted(all->begin(), all->end(), std::less_equal<>());
  return rises ? "" : to_text(value) + " is not allowed; allowed: numbers that rise";
}

}  // namespace steq
