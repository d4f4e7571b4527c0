// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "plots/figures/figure.hpp"
#include "plots/figures/run_styles.hpp"
#include "plots/figures/style.hpp"
#include "plots/tables/numbers.hpp"

namespace steq::figures {
namespace {

using Json = nlohmann::ordered_json;

/// What summary.json has of one quantized tensor of one learner.
struct Angle {
  std::string learner, tensor;
  double fan_in, degrees, correlation;
};

double number_or_gap(const Json& json) {
  return json.is_number() ? json.get<double>() : std::numeric_limits<double>::quiet_NaN();
}

std::vector<Angle> angles_of(const StoredRun& run) {
  std::vector<Angle> all;
  for (const std::string& learner : run.learners()) {
    const Json::json_pointer place = Json::json_pointer("/learners") / learner / "geometry";
    if (!run.summary().is_object() || !run.summary().contains(place)) continue;
    for (const auto& [tensor, g] : run.summary().at(place).items())
      all.push_back({learner, tensor, g.at("fan_in"), number_or_gap(g.at("angle_degrees")),
                     number_or_gap(g.at("dot_product_correlation"))});
  }
  return all;
}

std::string points_of(const StoredRun& run, const std::string& learner, int column) {
  return fmt::format(
      ", \\\n data using (strcol(1) eq {0} ? $3 : NaN):{1} with points lt {2} pt 7 ps 0.9 title {0} noenhanced",
      quoted(learner), column, line_type(run, learner));
}

/// The theory speaks of the sign of normal weights.
std::string angle_panel(const StoredRun& run, const std::vector<std::string>& learners) {
  std::string text =
      "set ylabel \"angle, degrees\"\nset yrange [0:*]\n"
      "angle(d) = acos(sqrt(d / pi) * exp(lgamma(d / 2) - lgamma((d + 1) / 2))) * 180 / pi\n"
      "plot angle(x) with lines lc rgb \"#888888\" dt 2 lw 1.5 title \"sign of normal weights\"";
  for (const std::string& learner : learners) text += points_of(run, learner, 4);
  return text + "\n";
}

std::string correlation_panel(const StoredRun& run, const std::vector<std::string>& learners) {
  std::string text =
      "unset key\nset ylabel \"correlation of outputs\"\nset yrange [*:1]\nplot sqrt(2 / pi) with lines "
      "lc rgb \"#888888\" dt 2 lw 1.5 notitle";
  for (const std::string& learner : learners) text += points_of(run, learner, 5);
  return text + "\n";
}

/// A logarithmic axis of a few layers has too few tics of its own.
std::string tics_at(const std::set<double>& places) {
  constexpr std::size_t kMostTics = 8;
  if (places.size() > kMostTics) return "";
  return fmt::format("set xtics ({:.6g})\nset mxtics 1\n", fmt::join(places, ", "));
}

std::optional<Drawing> draw_geometry(const StoredRun& run) {
  const std::vector<Angle> all = angles_of(run);
  if (all.empty()) return std::nullopt;
  Drawing drawing{
      .data = {{"", {.caption = "", .header = {"learner", "tensor", "fan-in", "angle", "correlation"}, .rows = {}}}},
      .commands = "",
      .alt = "",
      .width = 940,
      .height = 420};
  std::vector<std::string> learners;
  std::set<double> fan_ins;
  double least = all[0].fan_in, most = all[0].fan_in;
  for (const Angle& a : all) {
    drawing.data[0].table.rows.push_back({a.learner, a.tensor, cell(a.fan_in), cell(a.degrees), cell(a.correlation)});
    if (std::ranges::find(learners, a.learner) == learners.end()) learners.push_back(a.learner);
    fan_ins.insert(a.fan_in);
    least = std::min(least, a.fan_in), most = std::max(most, a.fan_in);
    const std::string correlation = std::isnan(a.correlation) ? "undefined" : fmt::format("{:.3f}", a.correlation);
    drawing.alt += fmt::format("{}{} of {}: {:.1f} degrees, correlation {}.", drawing.alt.empty() ? "" : " ", a.tensor,
                               a.learner, a.degrees, correlation);
  }
  drawing.commands = multiplot({.rows = 1, .columns = 2, .width = drawing.width, .height = drawing.height, .key = 50}) +
                     fmt::format("set logscale x\nset xrange [{:.6g}:{:.6g}]\nset xlabel \"fan-in of the layer\"\n",
                                 least / 1.5, most * 1.5) +
                     tics_at(fan_ins) + shared_key() + angle_panel(run, learners) + correlation_panel(run, learners) +
                     "unset multiplot\n";
  return drawing;
}

}  // namespace

Figure geometry() {
  return {
      {.name = "geometry",
       .title = "Angles between weights and what stands for them",
       .caption = "Of every quantized layer at the end, means over its outputs: the angle between latent weights and "
                  "the values of their levels, and how the layer's outputs with either correlate over test images. "
                  "Dashed is the sign of normally distributed weights: 30 degrees at a fan-in of 3, 37.07 at a large "
                  "one (Anderson, Berg, arXiv:1705.07199)."},
      draw_geometry};
}

}  // namespace steq::figures
