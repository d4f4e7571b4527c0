// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "plots/figures/figure.hpp"
#include "plots/figures/run_styles.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"

namespace steq::figures {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostLearners = 4, kMostLayers = 5;

/// What summary.json has of the activations of one learner at one layer.
struct Activations {
  std::string learner, layer;
  double low, width;
  std::vector<double> shares, thresholds;
};

/// Of each learner that quantizes activations, its layers.
std::vector<std::vector<Activations>> activations_of(const StoredRun& run) {
  std::vector<std::vector<Activations>> all;
  for (const std::string& learner : run.learners()) {
    const Json::json_pointer place = Json::json_pointer("/learners") / learner / "activations";
    if (all.size() == kMostLearners || !run.summary().is_object() || !run.summary().contains(place)) continue;
    const Json& stored = run.summary().at(place);
    std::vector<Activations> layers;
    for (const auto& [layer, a] : stored.items())
      layers.push_back({learner, layer, a.at("low"), a.at("width"), a.at("shares"), a.at("thresholds")});
    if (!layers.empty()) all.push_back(std::move(layers));
  }
  return all;
}

void add_bars(Table& table, std::size_t panel, const Activations& a) {
  for (std::size_t i = 0; i < a.shares.size(); ++i)
    table.rows.push_back({cell(static_cast<double>(panel)), a.learner, a.layer,
                          cell(a.low + a.width * (static_cast<double>(i) + 0.5)), cell(a.shares[i])});
}

/// Without the outermost bins, whose shares stand in the title: what counts to them would dwarf all others.
std::string activations_panel(std::size_t index, const Activations& a, int line_type) {
  const double low = a.low + a.width, high = a.low + a.width * static_cast<double>(a.shares.size() - 1);
  const std::string title = fmt::format("{}, {}: {} below, {} above", a.layer, a.learner, percent(a.shares.front()),
                                        percent(a.shares.back()));
  std::string text =
      fmt::format("unset arrow\nset title {} noenhanced\nset xrange [{:.6g}:{:.6g}]\n", quoted(title), low, high);
  for (const double t : a.thresholds)
    text += fmt::format("set arrow from {0:.6g}, graph 0 to {0:.6g}, graph 1 nohead back lc rgb \"#888888\" dt 3\n", t);
  return text +
         fmt::format(
             "plot data using ($1=={} && $4>{:.6g} && $4<{:.6g} ? $4 : NaN):5 with histeps lt {} dt 1 lw 1.5 notitle\n",
             index, low, high, line_type);
}

std::string outside(const Activations& a) {
  return fmt::format("{} of {}: {} of the values lie in the lowest bin or below, {} in the highest or above.", a.layer,
                     a.learner, percent(a.shares.front()), percent(a.shares.back()));
}

/// A row for each layer, a column for each learner.
std::optional<Drawing> draw_activation_histogram(const StoredRun& run) {
  const std::vector<std::vector<Activations>> all = activations_of(run);
  if (all.empty()) return std::nullopt;
  const std::vector<std::size_t> layers = thinned(all[0].size(), kMostLayers);
  const int rows = static_cast<int>(layers.size()), columns = static_cast<int>(all.size());
  Drawing drawing{.data = {{"", {.caption = "", .header = {"panel", "learner", "layer", "x", "share"}, .rows = {}}}},
                  .commands = "",
                  .alt = "",
                  .width = std::max(560, 110 + 340 * columns),
                  .height = 60 + 250 * rows};
  drawing.commands = multiplot({.rows = rows, .columns = columns, .width = drawing.width, .height = drawing.height}) +
                     "set ylabel \"share of values\"\nset xlabel \"value before quantization\"\nset yrange [0:*]\n";
  std::size_t index = 0;
  for (const std::size_t layer : layers)
    for (const std::vector<Activations>& learner : all) {
      const Activations& a = learner.at(layer);
      add_bars(drawing.data[0].table, index, a);
      drawing.commands += activations_panel(index++, a, line_type(run, a.learner));
      drawing.alt += (drawing.alt.empty() ? "" : " ") + outside(a);
    }
  drawing.commands += "unset multiplot\n";
  return drawing;
}

}  // namespace

Figure activation_histogram() {
  return {{.name = "activation-histogram",
           .title = "Activations against thresholds",
           .caption = "What the layers \"quantize\" are given on the test set after training; dotted lines are "
                      "thresholds. Titles say how large a share lies outside. Of more than four "
                      "learners the first four are shown, of more than five layers every n-th and the last."},
          draw_activation_histogram};
}

}  // namespace steq::figures
