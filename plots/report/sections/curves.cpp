// SPDX-License-Identifier: MIT
// Curves that the reader can zoom, with each learner to be switched on and off.
#include <fmt/format.h>

#include "plots/report/html.hpp"
#include "plots/report/sections.hpp"
#include "plots/report/series.hpp"

namespace steq {
namespace {

/// Of one run: those that have something to show.
std::vector<Curves> all_curves(const ReportedRun& run) {
  std::vector<Curves> curves{batch_losses(run.stored()), disagreements(run),
                             over_epochs(run.stored(), "test_accuracy", "Test accuracy", "share of test images"),
                             over_epochs(run.stored(), "test_loss", "Test loss", "cross-entropy")};
  std::erase_if(curves, [](const Curves& c) { return c.x.empty() || c.labels.empty(); });
  return curves;
}

Section curves_section(const std::vector<Curves>& curves, const std::string& title, const char* layout) {
  Json data = Json::array();
  for (const Curves& c : curves) data.push_back(to_json(c));
  const char* hint = "Drag to zoom, double-click to return. The boxes switch curves on and off.";
  return {"curves", title,
          paragraph(hint) + fmt::format("<div id=\"curves-here\" class=\"{}\"></div>\n", layout) +
              script_data("curves-data", data)};
}

}  // namespace

namespace sections {

std::optional<Section> curves(const ReportedRun& run) {
  const std::vector<Curves> curves = all_curves(run);
  if (curves.empty()) return std::nullopt;
  return curves_section(curves, "Curves", "large");
}

std::optional<Section> sweep_curves(const Runs& runs) {
  std::vector<Curves> curves;
  for (const auto& run : runs)
    for (Curves c : all_curves(*run)) {
      if (c.title == "Test loss") continue;
      c.title = run->label() + ": " + c.title;
      curves.push_back(std::move(c));
    }
  if (curves.empty()) return std::nullopt;
  return curves_section(curves, "Curves, run by run", "small");
}

}  // namespace sections
}  // namespace steq
