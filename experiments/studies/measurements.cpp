// SPDX-License-Identifier: MIT
#include "experiments/studies/measurements.hpp"

#include <fmt/format.h>

#include <tuple>

#include "experiments/config/pair_role.hpp"
#include "experiments/studies/other_seed.hpp"
#include "records/stored_run.hpp"

namespace steq {
namespace {

/// A learner as a summary.json has it.
Json end_of(const Json& summary, const std::string& learner) { return summary["learners"][learner]; }

/// Null where one of them is no number.
Json difference(const Json& from, const char* minuend, const Json& of, const char* subtrahend) {
  const Json a = from.value(minuend, Json()), b = of.value(subtrahend, Json());
  return a.is_number() && b.is_number() ? Json(a.get<double>() - b.get<double>()) : Json();
}

/// The least and the most of a number over the quantized tensors of a learner; null where it has none.
std::pair<Json, Json> extremes_of(const Json& learner, const char* name) {
  Json least, most;
  for (const Json& tensor : learner.value("geometry", Json::object())) {
    const Json number = tensor.value(name, Json());
    if (!number.is_number()) continue;
    if (least.is_null() || number < least) least = number;
    if (most.is_null() || number > most) most = number;
  }
  return {least, most};
}

Json values_of(const Json& comparison, const Json& end_a, const Json& end_b) {
  const Json &metrics = comparison["metrics"], &first_divergence = comparison["first_divergence"];
  Json values = metrics;
  const Json& agreement = metrics["quantized_weight_agreement"];
  values["different_levels"] = agreement.is_number() ? Json(1 - agreement.get<double>()) : Json();
  values["first_divergence"] = first_divergence.is_null() ? Json() : first_divergence["step"];
  for (const auto& [letter, end] : {std::pair("a", &end_a), std::pair("b", &end_b)}) {
    for (const char* name : {"test_accuracy", "test_loss", "soft_test_accuracy", "zero_loss_step"})
      values[fmt::format("{}_{}", name, letter)] = end->value(name, Json());
    std::tie(values[fmt::format("least_angle_{}", letter)], values[fmt::format("most_angle_{}", letter)]) =
        extremes_of(*end, "angle_degrees");
    values[fmt::format("least_correlation_{}", letter)] = extremes_of(*end, "dot_product_correlation").first;
    values[fmt::format("huffman_bits_{}", letter)] = end->value("/size/huffman_bits"_json_pointer, Json());
    values[fmt::format("test_error_{}", letter)] = difference({{"all", 1}}, "all", *end, "test_accuracy");
    values[fmt::format("soft_gap_{}", letter)] = difference(*end, "soft_test_accuracy", *end, "test_accuracy");
  }
  values["test_accuracy_difference"] = difference(end_a, "test_accuracy", end_b, "test_accuracy");
  return values;
}

Json measurement(const Json& run, const std::string& a, const std::string& b, const std::string& kind) {
  return {{"of", fmt::format("{}: {} / {}", run["variant"].get<std::string>(), a, b)},
          {"variant", run["variant"]},
          {"a", a},
          {"b", b},
          {"kind", kind},
          {"seed", fmt::format("{}", run["seed"].get<std::uint64_t>())},
          {"run", run["directory"]},
          {"status", run["status"]},
          {"steps", run["steps"]}};
}

Json other_seed(const Json& first, const Json& second, const std::filesystem::path& directory) {
  const auto folder = [&](const Json& run) { return directory / run["directory"].get<std::string>(); };
  const Json summary_a = StoredRun(folder(first)).summary(), summary_b = StoredRun(folder(second)).summary();
  if (summary_a["comparisons"].empty()) return nullptr;
  const std::string learner = summary_a["comparisons"][0]["a"];
  Json json = measurement(first, learner, "other seed", "other-seed");
  json["seed"] = fmt::format("{} / {}", first["seed"].get<std::uint64_t>(), second["seed"].get<std::uint64_t>());
  json["run"] = fmt::format("{} / {}", first["directory"].get<std::string>(), second["directory"].get<std::string>());
  const Json comparison = other_seed_comparison(folder(first), folder(second), learner);
  json["weights"] = comparison["weights"];
  json["values"] = values_of(comparison, end_of(summary_a, learner), end_of(summary_b, learner));
  return json;
}

}  // namespace

Json measurements_of(const Json& run, const Json& summary) {
  Json all = Json::array();
  for (const Json& comparison : summary["comparisons"]) {
    const std::string a = comparison["a"], b = comparison["b"];
    all.push_back(measurement(run, a, b, comparison["kind"]));
    all.back()["weights"] = comparison.value("weights", Json());
    all.back()["values"] = values_of(comparison, end_of(summary, a), end_of(summary, b));
  }
  return all;
}

Json barred_measurements(const Json& run, const ExperimentConfig& config) {
  Json all = Json::array();
  for (const auto& [a, b] : config.compare) {
    all.push_back(measurement(run, a, b, to_text(role_of(config, a, b).kind)));
    all.back()["weights"] = nullptr;
    all.back()["values"] = Json::object();
  }
  return all;
}

Json other_seed_measurements(const Json& runs, const std::filesystem::path& directory) {
  Json all = Json::array();
  for (auto first = runs.begin(); first != runs.end(); ++first)
    for (auto second = first + 1; second != runs.end(); ++second) {
      const bool complete = (*first)["status"] == "complete" && (*second)["status"] == "complete";
      if (!complete || (*first)["variant"] != (*second)["variant"]) continue;
      if (Json json = other_seed(*first, *second, directory); !json.is_null()) all.push_back(std::move(json));
    }
  return all;
}

}  // namespace steq
