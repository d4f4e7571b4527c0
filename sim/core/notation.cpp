// SPDX-License-Identifier: MIT
#include "sim/core/notation.hpp"

#include <fmt/format.h>

#include <charconv>

namespace steq {
namespace {

template <class T>
std::optional<T> parse_whole(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// The value as it stands in a SPEC: texts without quotes, lists with slashes.
std::string value_text(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* numbers = std::get_if<Numbers>(&value)) return fmt::format("{}", fmt::join(*numbers, "/"));
  return to_text(value);
}

/// The end of the first key=value: the next comma outside parentheses, or the end of the text.
std::size_t item_end(std::string_view text) {
  std::size_t depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && depth > 0) --depth;
    if (text[i] == ',' && depth == 0) return i;
  }
  return text.size();
}

}  // namespace

Value parse_value(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  if (const auto integer = parse_whole<std::int64_t>(text)) return *integer;
  if (const auto number = parse_whole<double>(text)) return *number;
  return std::string(text);
}

Spec parse_spec(std::string_view text, const std::string& place) {
  const auto refuse = [&](const std::string& why) {
    return InputError(place, "\"" + std::string(text) + "\" " + why + "; allowed: name or name:key=value,key=value");
  };
  const std::size_t colon = text.find(':');
  Spec spec{std::string(text.substr(0, colon)), {}};
  if (spec.name.empty()) throw refuse("has no name");
  if (colon == std::string_view::npos) return spec;
  std::string_view rest = text.substr(colon + 1);
  while (true) {
    const std::size_t end = item_end(rest);
    const std::string_view item = rest.substr(0, end);
    const std::size_t equals = item.find('=');
    if (equals == std::string_view::npos || equals == 0) throw refuse("has no key=value after the colon or comma");
    const std::string key(item.substr(0, equals));
    if (!spec.values.emplace(key, parse_value(item.substr(equals + 1))).second) throw refuse("names " + key + " twice");
    if (end == rest.size()) return spec;
    rest = rest.substr(end + 1);
  }
}

std::string to_text(const Spec& spec) {
  std::string text = spec.name;
  char separator = ':';
  for (const auto& [key, value] : spec.values) {
    text += separator + key + "=" + value_text(value);
    separator = ',';
  }
  return text;
}

}  // namespace steq
