// SPDX-License-Identifier: MIT
// Each divergence beside those of the controls.
#include "plots/report/html.hpp"
#include "plots/report/sections.hpp"
#include "plots/tables/noise_floor.hpp"

namespace steq::sections {

std::optional<Section> noise(const ReportedRun& run) {
  const std::vector<NoiseFloor> floors = noise_floor(run.comparisons());
  if (floors.empty()) return std::nullopt;
  const Table table = noise_floor_table(floors);
  const char* meaning =
      "A difference means something only where it exceeds that of the controls: a learner that is identical (it must "
      "never diverge), one that computes with other rounding everywhere (nothing below it can be seen in this "
      "precision), and one whose learning rate is 1 % higher. A start that is one unit in the last place off in one "
      "weight of each tensor shows how fast training amplifies a difference; it hardly meets rounding, and is no "
      "floor.";
  return Section{"noise-floor", "Noise floor", paragraph(meaning) + html_table(table), {{"noise-floor", table}}};
}

}  // namespace steq::sections
