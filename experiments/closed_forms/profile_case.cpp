// SPDX-License-Identifier: MIT
#include "experiments/closed_forms/profile_case.hpp"

#include <fmt/format.h>

#include <cmath>

#include "sim/core/sums.hpp"

namespace steq {
namespace {

double size_of(const std::vector<double>& values) {
  const double sum = pairwise_sum(0, values.size(), [&](std::size_t i) { return values[i] * values[i]; });
  return std::sqrt(sum / static_cast<double>(values.size()));
}

}  // namespace

std::string profile_csv(const Profile& profile) {
  std::string text = fmt::format("{},predicted,measured\n", profile.axis.substr(0, profile.axis.find(',')));
  for (std::size_t i = 0; i < profile.at.size(); ++i)
    text += fmt::format("{:.9g},{:.9g},{:.9g}\n", profile.at[i], profile.predicted[i], profile.measured[i]);
  return text;
}

Json profile_entry(const std::string& name, const std::pair<std::string, std::string>& what, double tolerance,
                   const Profile& profile) {
  const double deviation = profile.deviation();
  return {{"name", name},
          {what.first, what.second},
          {"axis", profile.axis},
          {"quantity", profile.quantity},
          {"predicted_size", to_json(size_of(profile.predicted))},
          {"measured_size", to_json(size_of(profile.measured))},
          {"deviation", to_json(deviation)},
          {"tolerance", tolerance},
          {"holds", deviation <= tolerance}};
}

}  // namespace steq
