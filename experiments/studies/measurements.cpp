// SPDX-License-Identifier: MIT
#include "experiments/studies/measurements.hpp"

#include <fmt/format.h>

#include "experiments/studies/other_seed.hpp"
#include "records/stored_run.hpp"

namespace steq {
namespace {

Json accuracy(const Json& summary, const std::string& learner) { return summary["learners"][learner]["test_accuracy"]; }

Json values_of(const Json& comparison, const Json& accuracy_a, const Json& accuracy_b) {
  const Json &metrics = comparison["metrics"], &first_divergence = comparison["first_divergence"];
  Json values = metrics;
  const Json& agreement = metrics["quantized_weight_agreement"];
  values["different_levels"] = agreement.is_number() ? Json(1 - agreement.get<double>()) : Json();
  values["first_divergence"] = first_divergence.is_null() ? Json() : first_divergence["step"];
  values["test_accuracy_a"] = accuracy_a;
  values["test_accuracy_b"] = accuracy_b;
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
  json["values"] = values_of(other_seed_comparison(folder(first), folder(second), learner),
                             accuracy(summary_a, learner), accuracy(summary_b, learner));
  return json;
}

}  // namespace

Json measurements_of(const Json& run, const Json& summary) {
  Json all = Json::array();
  for (const Json& comparison : summary["comparisons"]) {
    const std::string a = comparison["a"], b = comparison["b"];
    all.push_back(measurement(run, a, b, comparison["kind"]));
    all.back()["values"] = values_of(comparison, accuracy(summary, a), accuracy(summary, b));
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
