// SPDX-License-Identifier: MIT
#include "plots/tables/noise_floor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "plots/tables/numbers.hpp"
#include "sim/core/parameters.hpp"

namespace steq {
namespace {

using Json = nlohmann::ordered_json;

/// A metric of a comparison as a divergence, which is 0 for learners that never diverge.
struct Measure {
  const char* name;
  const char* metric;
  bool agreement;  ///< the metric is 1 for learners that never diverge
};

constexpr Measure kMeasures[] = {{kDifferentLevels, "quantized_weight_agreement", true},
                                 {"alignment error", "weight_alignment_error", false}};

/// A control: its kind, where NoiseFloor has it, and the head of its column.
struct ControlColumn {
  const char* kind;
  std::optional<MeasuredDivergence> NoiseFloor::*divergence;
  const char* title;
};

constexpr ControlColumn kControls[] = {{"identical", &NoiseFloor::identical, "identical"},
                                       {"rounding", &NoiseFloor::rounding, "other rounding"},
                                       {"one-ulp", &NoiseFloor::one_ulp, "start one ulp off"},
                                       {"jitter", &NoiseFloor::jitter, "1 % jitter"},
                                       {"other-seed", &NoiseFloor::other_seed, "other seed"}};

std::vector<double> values_of(const Json& comparison, const char* metric) {
  if (const Json by_seed = comparison.value("by_seed", Json::object()); by_seed.contains(metric))
    return by_seed[metric].get<std::vector<double>>();
  const Json value = comparison.at("metrics").value(metric, Json());
  return value.is_number() ? std::vector{value.get<double>()} : std::vector<double>{};
}

std::optional<MeasuredDivergence> divergence_of(const Json& comparison, const Measure& measure) {
  MeasuredDivergence divergence{.values = values_of(comparison, measure.metric)};
  if (divergence.values.empty()) return std::nullopt;
  if (!measure.agreement) return divergence;
  for (double& value : divergence.values) value = 1 - value;
  const Json weights = comparison.value("weights", Json());
  if (weights.is_number_integer() && weights > 0 && weights <= std::numeric_limits<std::uint32_t>::max())
    divergence.weights = weights.get<std::uint64_t>();
  return divergence;
}

/// Every kind of a control: its comparisons show how large a difference means nothing.
bool shows_noise(const Json& kind) {
  return std::ranges::any_of(kControls, [&](const ControlColumn& control) { return kind == control.kind; });
}

const Json* control_of(const Json& comparisons, const Json& a, const char* kind) {
  for (const Json& comparison : comparisons)
    if (comparison["a"] == a && comparison["kind"] == kind) return &comparison;
  return nullptr;
}

NoiseFloor floor_of(const Json& comparisons, const Json& comparison, const Measure& measure) {
  NoiseFloor floor{.a = comparison["a"],
                   .b = comparison["b"],
                   .kind = comparison["kind"],
                   .measure = measure.name,
                   .divergence = divergence_of(comparison, measure)};
  for (const ControlColumn& column : kControls)
    if (const Json* control = control_of(comparisons, comparison["a"], column.kind))
      floor.*column.divergence = divergence_of(*control, measure);
  const Json* copy = control_of(comparisons, comparison["a"], "identical");
  floor.trusted = !copy || (*copy)["first_divergence"].is_null();
  return floor;
}

std::string shown(const std::optional<MeasuredDivergence>& divergence) {
  return divergence ? number_text(Json(divergence->median())) : "-";
}

/// Of a ratio: as many as both counts support, at most two.
int digits_of_ratio(const MeasuredDivergence& a, const MeasuredDivergence& b) {
  if (!a.weights || !b.weights || a.values.size() > 1) return 2;
  const auto count = [](const MeasuredDivergence& d) { return d.median() * static_cast<double>(*d.weights); };
  return std::min(2, digits_of_count(1 / (1 / count(a) + 1 / count(b))));
}

}  // namespace

std::optional<double> NoiseFloor::times(const std::optional<MeasuredDivergence>& control) const {
  if (!divergence || !control || control->median() == 0) return std::nullopt;
  return divergence->median() / control->median();
}

std::string NoiseFloor::times_text(const std::optional<MeasuredDivergence>& control) const {
  const auto ratio = times(control);
  return ratio ? fmt::format("{} times", with_digits(*ratio, digits_of_ratio(*divergence, *control))) : "";
}

std::optional<Standing> NoiseFloor::against(const std::optional<MeasuredDivergence>& control) const {
  return divergence && control ? std::optional(standing(*divergence, *control)) : std::nullopt;
}

std::string NoiseFloor::verdict() const {
  if (!trusted) return "none: the identical copy diverged";
  if (!divergence) return "undefined";
  if (const auto floor = against(rounding); floor && *floor != Standing::above)
    return *floor == Standing::below ? "below the rounding floor" : "at the rounding floor";
  const auto against_jitter = against(jitter);
  if (!against_jitter) return "no jitter control";
  if (*against_jitter == Standing::below) return "below jitter";
  if (*against_jitter == Standing::alike) return "like jitter";
  return times(jitter) ? "above jitter: " + times_text(jitter) : "above jitter, which is 0";
}

std::vector<NoiseFloor> noise_floor(const Json& comparisons) {
  std::vector<NoiseFloor> floors;
  for (const Json& comparison : comparisons)
    if (!shows_noise(comparison["kind"]))
      for (const Measure& measure : kMeasures) floors.push_back(floor_of(comparisons, comparison, measure));
  return floors;
}

std::optional<MeasuredDivergence> different_levels(const Json& comparison) {
  return divergence_of(comparison, kMeasures[0]);
}

std::vector<std::string> noise_floor_notes(const std::vector<NoiseFloor>& floors) {
  std::vector<std::string> with, without;
  for (const NoiseFloor& floor : floors) {
    std::vector<std::string>& names = floor.rounding ? with : without;
    if (std::ranges::find(names, floor.a) == names.end()) names.push_back(floor.a);
  }
  if (without.empty()) return {};
  const std::string whose = with.empty() ? "" : " of " + join(without);
  return {"There is no rounding control" + whose + ": how far rounding alone drives learners apart is not known here."};
}

Table noise_floor_table(const std::vector<NoiseFloor>& floors) {
  Table table{.caption = "Noise floor: how far learners diverged, beside controls whose difference means nothing",
              .header = {"comparison", "measure", "divergence"},
              .rows = {},
              .notes = noise_floor_notes(floors)};
  for (const NoiseFloor& floor : floors)
    table.rows.push_back({fmt::format("{} / {}", floor.a, floor.b), floor.measure, shown(floor.divergence)});
  const auto add_column = [&](const std::string& title, const auto& text) {
    table.header.push_back(title);
    for (std::size_t i = 0; i < floors.size(); ++i) table.rows[i].push_back(text(floors[i]));
  };
  for (const ControlColumn& column : kControls)
    if (std::ranges::any_of(floors, [&](const NoiseFloor& floor) { return (floor.*column.divergence).has_value(); }))
      add_column(column.title, [&](const NoiseFloor& floor) { return shown(floor.*column.divergence); });
  add_column("times jitter", [](const NoiseFloor& floor) {
    const std::string text = floor.times_text(floor.jitter);
    return text.empty() ? "-" : text.substr(0, text.find(' '));
  });
  add_column("verdict", [](const NoiseFloor& floor) { return floor.verdict(); });
  return table;
}

}  // namespace steq
