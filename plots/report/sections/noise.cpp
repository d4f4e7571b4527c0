// SPDX-License-Identifier: MIT
// Each divergence beside those of the controls.
#include "plots/report/html.hpp"
#include "plots/report/sections/sections.hpp"
#include "plots/tables/noise_floor.hpp"

namespace steq::sections {

std::optional<Section> noise(const ReportedRun& run) {
  const std::vector<NoiseFloor> floors = noise_floor(run.comparisons());
  if (floors.empty()) return std::nullopt;
  const Table table = noise_floor_table(floors);
  const char* meaning =
      "A difference means something only where it exceeds that of the controls: learners that are identical (which "
      "must never part), that start one unit in the last place apart in one weight of each tensor, or whose learning "
      "rates differ by 1 %.";
  return Section{"noise-floor", "Noise floor", paragraph(meaning) + html_table(table), {{"noise-floor", table}}};
}

}  // namespace steq::sections
