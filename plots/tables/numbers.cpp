// SPDX-License-Identifier: MIT
#include "plots/tables/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace steq {

std::string cell(double number) { return std::isnan(number) ? "" : fmt::format("{:.9g}", number); }

std::string percent(double share) { return fmt::format("{:.3g} %", 100 * share); }

std::string with_digits(double value, int digits) {
  if (value == 0 || !std::isfinite(value)) return fmt::format("{}", value);
  if (std::abs(value) < 1e-4) return fmt::format("{:.{}e}", value, digits - 1);
  const int decimals = digits - 1 - static_cast<int>(std::floor(std::log10(std::abs(value))));
  const double unit = std::pow(10, -decimals);
  return fmt::format("{:.{}f}", std::round(value / unit) * unit, std::max(decimals, 0));
}

std::string weight_name(const std::string& tensor, std::size_t index, const std::vector<std::size_t>& shape) {
  if (shape.empty()) return fmt::format("{}[{}]", tensor, index);
  std::string places;
  for (std::size_t d = shape.size(); d-- > 0; index /= shape[d])
    places = fmt::format("{}{}{}", index % shape[d], places.empty() ? "" : ",", places);
  return fmt::format("{}[{}]", tensor, places);
}

std::vector<std::size_t> thinned(std::size_t count, std::size_t limit) {
  const std::size_t every = (count + limit - 1) / limit;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < count; i += every) places.push_back(i);
  if (count > 0 && places.back() + 1 < count) places.push_back(count - 1);
  return places;
}

}  // namespace steq
