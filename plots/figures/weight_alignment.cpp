// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "plots/figures/figure.hpp"
#include "plots/figures/pairs.hpp"
#include "plots/figures/scatter.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"

namespace steq::figures {
namespace {

std::optional<Pair> jitter_of(const StoredRun& run, const std::string& a) {
  const std::vector<Pair> all = pairs(run);
  const auto found = std::ranges::find_if(all, [&](const Pair& pair) { return pair.kind == "jitter" && pair.a == a; });
  return found == all.end() ? std::nullopt : std::optional(*found);
}

/// Adds the panels of one pair: raw, and mapped where M is asked for.
std::string add_pair(const StoredRun& run, const Pair& pair, const std::string& suffix, Drawing& drawing) {
  const WeightCloud a = weight_cloud(run, pair.a, "final"), b = weight_cloud(run, pair.b, "final");
  if (a.values.empty() || a.values.size() != b.values.size()) return "";
  const WeightCloud mapped = pair.mapped ? weight_cloud(run, pair.a, "mapped") : WeightCloud{};
  const bool has_map = mapped.values.size() == a.values.size();
  drawing.data.push_back({suffix, has_map ? cloud_table({pair.a, "M of " + pair.a, pair.b}, {a, mapped, b})
                                          : cloud_table({pair.a, pair.b}, {a, b})});
  drawing.alt +=
      fmt::format("{}{}: {} of the weights end on different levels; mean distance {:.3g} W as they are",
                  drawing.alt.empty() ? "" : " ", pair.name(), percent(a.share_unlike(b)), a.mean_distance(b));
  drawing.alt += has_map ? fmt::format(", {:.3g} W after M.", mapped.mean_distance(b)) : ".";
  CloudPanel panel{.data = suffix.empty() ? "data" : "data_" + suffix,
                   .title = pair.name() + (pair.mapped ? ", as they are" : ""),
                   .x_label = fmt::format("w of {} / W", pair.a),
                   .y_label = fmt::format("w of {} / W", pair.b),
                   .x = 1,
                   .y = has_map ? std::size_t{3} : 2,
                   .flag = has_map ? std::size_t{4} : 3,
                   .alike = "same level",
                   .unlike = "different levels"};
  std::string commands = (suffix.empty() ? shared_key() : "unset key\n") + cloud_panel(panel, a.thresholds);
  drawing.width += kScatterSide;
  if (!has_map) return commands;
  panel.x = 2;
  panel.title = pair.name() + ", mapped by M";
  panel.x_label = fmt::format("M(w of {}) / W", pair.a);
  drawing.width += kScatterSide;
  return commands + "unset key\n" + cloud_panel(panel, a.thresholds);
}

std::optional<Drawing> draw_weight_alignment(const StoredRun& run) {
  const auto pair = main_pair(run);
  if (!pair) return std::nullopt;
  Drawing drawing{.data = {}, .commands = "", .alt = "", .width = 0, .height = kScatterSide + 56};
  std::string panels = add_pair(run, *pair, "", drawing);
  if (panels.empty()) return std::nullopt;
  if (const auto jitter = jitter_of(run, pair->a); jitter && jitter->b != pair->b)
    panels += add_pair(run, *jitter, "jitter", drawing);
  drawing.commands = multiplot({.rows = 1,
                                .columns = drawing.width / kScatterSide,
                                .width = drawing.width,
                                .height = drawing.height,
                                .key = 44}) +
                     panels + "unset multiplot\n";
  return drawing;
}

}  // namespace

Figure weight_alignment() {
  return {{.name = "weight-alignment",
           .title = "Weight alignment",
           .caption = "Final latent weights of the second learner against those of the first, all quantized tensors, "
                      "each divided by its range W: as they are, and with the first learner's mapped by M where theory "
                      "asks for that; beside it the control whose learning rate is 1 % off. Perfect agreement lies on "
                      "the dashed diagonal. Thresholds are dotted: points in the squares along the diagonal are on "
                      "the same level in both. At most 1500 weights of each kind are drawn, every n-th in the order "
                      "of the tensors, so that the crosses look more frequent than they are; the axes end at 1.1 W."},
          draw_weight_alignment};
}

}  // namespace steq::figures
