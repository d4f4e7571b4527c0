// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "plots/figures/figure.hpp"
#include "plots/figures/pairs.hpp"
#include "plots/figures/scatter.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"

namespace steq::figures {
namespace {

/// Adds the panel of one learner; false where its weights were not stored.
bool add_learner(const StoredRun& run, const std::string& learner, const std::string& suffix, Drawing& drawing) {
  const WeightCloud first = weight_cloud(run, learner, "initial"), last = weight_cloud(run, learner, "final");
  if (first.values.empty() || first.values.size() != last.values.size()) return false;
  drawing.data.push_back({suffix, cloud_table({"initial", "final"}, {first, last})});
  drawing.alt += fmt::format("{}{}: a weight moves by {:.3g} W in the mean, {} end on another level than at the start.",
                             drawing.alt.empty() ? "" : " ", learner, first.mean_distance(last),
                             percent(first.share_unlike(last)));
  drawing.commands +=
      (drawing.data.size() == 1 ? shared_key() : "unset key\n") + cloud_panel({.data = "data_" + suffix,
                                                                               .title = learner,
                                                                               .x_label = "initial w / W",
                                                                               .y_label = "final w / W",
                                                                               .x = 1,
                                                                               .y = 2,
                                                                               .flag = 3,
                                                                               .alike = "same level",
                                                                               .unlike = "another level"},
                                                                              first.thresholds);
  return true;
}

std::optional<Drawing> draw_weight_movement(const StoredRun& run) {
  const auto pair = main_pair(run);
  if (!pair) return std::nullopt;
  Drawing drawing{.data = {}, .commands = "", .alt = "", .width = 2 * kScatterSide, .height = kScatterSide + 56};
  drawing.commands = multiplot({.rows = 1, .columns = 2, .width = drawing.width, .height = drawing.height, .key = 44});
  if (!add_learner(run, pair->a, "a", drawing) || !add_learner(run, pair->b, "b", drawing)) return std::nullopt;
  drawing.commands += "unset multiplot\n";
  return drawing;
}

}  // namespace

Figure weight_movement() {
  return {{.name = "weight-movement",
           .title = "Weight movement",
           .caption = "Final latent weights against initial ones for the two learners of the main comparison, all "
                      "quantized tensors, each divided by its range W. A weight that did not move lies on the dashed "
                      "diagonal; thresholds are dotted, crosses ended on another level. At most 1500 weights of each "
                      "kind are drawn, every n-th in the order of the tensors; the axes end at 1.1 W. Agreement means "
                      "little where hardly "
                      "any weight has left the diagonal."},
          draw_weight_movement};
}

}  // namespace steq::figures
