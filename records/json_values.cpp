// SPDX-License-Identifier: MIT
#include "records/json_values.hpp"

#include <algorithm>
#include <cmath>

namespace steq {

std::optional<Value> to_value(const Json& json) {
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_string()) return json.get<std::string>();
  if (json.is_number_unsigned() && json.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max())
    return json.get<double>();
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_number_float()) return json.get<double>();
  const auto number = [](const Json& element) { return element.is_number(); };
  if (json.is_array() && std::all_of(json.begin(), json.end(), number)) return json.get<Numbers>();
  return std::nullopt;
}

Json to_json(const Value& value) {
  if (const auto* number = std::get_if<double>(&value)) return to_json(*number);
  return std::visit([](const auto& x) { return Json(x); }, value);
}

Json to_json(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
  return number;
}

Json to_json(const Symbols& symbols) {
  Json json = Json::object();
  for (const auto& [name, value] : symbols) json[name] = to_json(value);
  return json;
}

Json to_json(const Spec& spec, const std::string& key) {
  Json json{{key, spec.name}};
  for (const auto& [name, value] : spec.values) json[name] = to_json(value);
  return json;
}

std::string file_text(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

bool is_utf8(const std::string& text) {
  try {
    return !Json(text).dump().empty();
  } catch (const Json::type_error&) {
    return false;
  }
}

std::string shown(const Json& json) {
  constexpr std::size_t kLongest = 60;
  std::string text = json.dump(-1, ' ', true, Json::error_handler_t::replace);
  if (text.size() > kLongest) text.replace(kLongest, std::string::npos, "...");
  return text;
}

}  // namespace steq
