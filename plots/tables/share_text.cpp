// SPDX-License-Identifier: MIT
#include "plots/tables/share_text.hpp"

#include <fmt/format.h>

#include <cmath>

#include "plots/tables/numbers.hpp"

namespace steq {

std::string share_text(const MeasuredDivergence& share, const std::string& what) {
  const double value = share.median();
  if (!share.weights) return fmt::format("{} %{}", with_digits(100 * value, 3), what);
  const double count = std::round(value * static_cast<double>(*share.weights));
  return fmt::format("{} %{} ({:.0f} of {})", with_digits(100 * value, digits_of_count(count)), what, count,
                     *share.weights);
}

}  // namespace steq
