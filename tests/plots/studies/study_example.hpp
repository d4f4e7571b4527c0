// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace steq::testing {

using Json = nlohmann::ordered_json;

inline Json measurement(const std::string& variant, const std::string& b, const std::string& kind,
                        const std::string& seed, const Json& values, const std::string& status = "complete") {
  return {{"of", variant + ": q / " + b},
          {"variant", variant},
          {"a", "q"},
          {"b", b},
          {"kind", kind},
          {"seed", seed},
          {"run", "runs/" + variant + "-seed-" + seed},
          {"status", status},
          {"steps", 7},
          {"values", values}};
}

/// Two variants, three seeds of the first and one of the second, which diverged.
inline Json study_example() {
  Json study = Json::parse(R"({
    "name": "example", "description": "d", "seeds": [1, 2, 3],
    "variants": [
      {"name": "low", "config": {"optimizer": {"type": "sgd", "learning_rate": 0.001}}},
      {"name": "high", "config": {"optimizer": {"type": "sgd", "learning_rate": 0.1}}}],
    "tables": [{"name": "t", "caption": "c",
                "columns": [{"title": "Default", "of": "low: q / ste"}, {"title": "High", "of": "high: q / ste"}],
                "rows": ["quantized_weight_agreement", "first_divergence"]}],
    "figure": {"type": "regime-map", "x": "optimizer.learning_rate", "by": "optimizer.type"},
    "published": [], "expectations": []
  })");
  const auto values = [](double agreement, const Json& first, double accuracy) {
    return Json{{"quantized_weight_agreement", agreement},
                {"weight_alignment_error", 1 - agreement},
                {"changed_weight_share", 0.5},
                {"different_levels", 1 - agreement},
                {"first_divergence", first},
                {"test_accuracy_a", accuracy},
                {"test_accuracy_b", accuracy}};
  };
  study["measurements"] = {measurement("low", "ste", "equivalent", "1", values(0.5, 4, 0.75)),
                           measurement("low", "ste", "equivalent", "2", values(0.875, nullptr, 0.25)),
                           measurement("low", "ste", "equivalent", "3", values(0.75, 2, 0.5)),
                           measurement("low", "jitter", "jitter", "1", values(0.875, 9, 0.5)),
                           measurement("high", "ste", "equivalent", "1", values(0.25, 1, 0.1), "diverged")};
  return study;
}

}  // namespace steq::testing
