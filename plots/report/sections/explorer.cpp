// SPDX-License-Identifier: MIT
// The learning process of any weight, in both learners of the main pair.
#include "plots/report/explorer_data.hpp"

#include <fmt/format.h>

#include "plots/report/assets.hpp"
#include "plots/report/html.hpp"
#include "plots/report/sections.hpp"

namespace steq::sections {

std::optional<Section> explorer(const ReportedRun& run) {
  const Json data = explorer_data(run);
  if (data.is_null()) return std::nullopt;
  const std::string intro = fmt::format(
      "The level of one weight after each update in {} and in {}. Dashed lines are thresholds: where the latent weight "
      "crosses one, the level changes. {}",
      data["learners"][0].get<std::string>(), data["learners"][1].get<std::string>(),
      data["sampled"].get<std::string>());
  return Section{"explorer", "Change points, weight by weight",
                 paragraph(intro) + std::string(asset("explorer.html")) + script_data("explorer-data", data)};
}

}  // namespace steq::sections
