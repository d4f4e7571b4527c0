// SPDX-License-Identifier: MIT
// What a study measured, in the form in which study.json holds it and everything is made from it.
#pragma once

#include <filesystem>

#include "experiments/config/config.hpp"
#include "records/json_values.hpp"

namespace steq {

/// Of one run: a measurement for each of its comparisons, {"of": "VARIANT: A / B", "variant", "a", "b", "kind", "seed":
/// text, "run": directory below the study's, "status", "steps", "weights": how many were compared, "values": {metric:
/// number or null, ...}}. Values are the metrics and "different_levels" (1 - quantized_weight_agreement),
/// "first_divergence" (step), "test_accuracy_difference" (a - b), and of either learner X, as X_a and X_b, "test_accuracy",
/// "test_error", "test_loss", "soft_test_accuracy", "soft_gap" (of soft values above levels), "zero_loss_step", and over its
/// quantized tensors "least_angle", "most_angle" (degrees), "least_correlation" and "huffman_bits". `run` is {"variant",
/// "seed", "directory"}, `summary` its summary.json.
Json measurements_of(const Json& run, const Json& summary);

/// Of a run that could not begin, as a stage before it broke down: `run`, which says with which "status" and after how
/// many "steps", for each comparison of its config, without values.
Json barred_measurements(const Json& run, const ExperimentConfig& config);

/// The control "other seed" of the first learner of each variant, for every pair of its complete runs; `runs` as above
/// with "status" and "steps". `directory` is the study's.
Json other_seed_measurements(const Json& runs, const std::filesystem::path& directory);

}  // namespace steq
