// SPDX-License-Identifier: MIT
#include "plots/tables/noise_floor.hpp"

#include <fmt/format.h>

namespace steq {
namespace {

using Json = nlohmann::ordered_json;

/// A metric of a comparison as a divergence, which is 0 for learners that never part.
struct Measure {
  const char* name;
  const char* metric;
  bool agreement;  ///< the metric is 1 for learners that never part
};

constexpr Measure kMeasures[] = {{kDifferentLevels, "quantized_weight_agreement", true},
                                 {"alignment error", "weight_alignment_error", false}};

std::optional<double> divergence(const Json* comparison, const Measure& measure) {
  if (!comparison) return std::nullopt;
  const Json& metrics = comparison->at("metrics");
  if (!metrics.contains(measure.metric) || !metrics[measure.metric].is_number()) return std::nullopt;
  const double value = metrics[measure.metric].get<double>();
  return measure.agreement ? 1 - value : value;
}

const Json* control(const Json& comparisons, const Json& a, const char* kind) {
  for (const Json& comparison : comparisons)
    if (comparison["a"] == a && comparison["kind"] == kind) return &comparison;
  return nullptr;
}

bool is_control(const Json& comparison) {
  for (const char* kind : {"identical", "one-ulp", "jitter", "other-seed"})
    if (comparison["kind"] == kind) return true;
  return false;
}

Json number(const std::optional<double>& value, const char* missing) { return value ? Json(*value) : Json(missing); }

}  // namespace

std::optional<double> NoiseFloor::ratio() const {
  if (!divergence || !jitter || *jitter == 0) return std::nullopt;
  return *divergence / *jitter;
}

std::string NoiseFloor::verdict() const {
  if (!trusted) return "none: the identical twin parted";
  if (!divergence) return "undefined";
  if (one_ulp && *divergence <= *one_ulp) return "below the rounding floor";
  if (!jitter) return "no jitter control";
  if (*divergence <= *jitter) return "below jitter";
  return *jitter == 0 ? "above jitter, which is 0" : fmt::format("above jitter: {:.3g} times", *ratio());
}

std::vector<NoiseFloor> noise_floor(const Json& comparisons) {
  std::vector<NoiseFloor> floors;
  for (const Json& comparison : comparisons) {
    if (is_control(comparison)) continue;
    const Json& a = comparison["a"];
    const Json* twin = control(comparisons, a, "identical");
    for (const Measure& measure : kMeasures)
      floors.push_back({.a = a,
                        .b = comparison["b"],
                        .kind = comparison["kind"],
                        .measure = measure.name,
                        .divergence = divergence(&comparison, measure),
                        .identical = divergence(twin, measure),
                        .one_ulp = divergence(control(comparisons, a, "one-ulp"), measure),
                        .jitter = divergence(control(comparisons, a, "jitter"), measure),
                        .other_seed = divergence(control(comparisons, a, "other-seed"), measure),
                        .trusted = !twin || (*twin)["first_divergence"].is_null()});
  }
  return floors;
}

Table noise_floor_table(const std::vector<NoiseFloor>& floors) {
  Table table{.caption = "Noise floor: how far learners parted, beside controls whose difference means nothing",
              .header = {"comparison", "measure", "divergence", "identical", "one ulp", "1 % jitter", "other seed",
                         "times jitter", "verdict"},
              .rows = {}};
  for (const NoiseFloor& f : floors) {
    Row row{fmt::format("{} / {}", f.a, f.b), f.measure};
    for (const auto& value : {f.divergence, f.identical, f.one_ulp, f.jitter, f.other_seed, f.ratio()})
      row.push_back(number_text(number(value, "-")));
    row.push_back(f.verdict());
    table.rows.push_back(row);
  }
  return table;
}

}  // namespace steq
