// SPDX-License-Identifier: MIT
#include "plots/figures/numbers.hpp"

#include <fmt/format.h>

#include <cmath>

namespace steq {

std::string cell(double number) { return std::isnan(number) ? "" : fmt::format("{:.9g}", number); }

std::string percent(double share) { return fmt::format("{:.3g} %", 100 * share); }

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
