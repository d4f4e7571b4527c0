// SPDX-License-Identifier: MIT
// The main pair in the windows in which all weights were followed.
#include "plots/report/html.hpp"
#include "plots/report/sections.hpp"
#include "plots/tables/window_table.hpp"
#include "records/window_comparison.hpp"
#include "sim/metrics/comparison.hpp"

namespace steq::sections {

std::optional<Section> windows(const ReportedRun& run) {
  const StoredRun& stored = run.stored();
  const Json& pair = run.main_pair();
  if (pair.is_null()) return std::nullopt;
  const std::string a = pair.at("a"), b = pair.at("b");
  const std::vector<Window>& all = stored.watching(a).windows;
  if (all.empty()) return std::nullopt;
  if (!comparable_levels(run.learner(a), run.learner(b))) return std::nullopt;
  const Json windows = window_comparisons(stored, a, stored, b, all);
  if (windows.empty()) return std::nullopt;
  const Table table = window_table(windows, a, b);
  return Section{
      "windows",
      "Windows",
      paragraph("In these updates all weights were followed, not a sample alone. Each window is measured as a "
                "training of its own that begins where the weights stood before it.") +
          html_table(table),
      {{"windows", table}}};
}

}  // namespace steq::sections
