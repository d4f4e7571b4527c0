// SPDX-License-Identifier: MIT
// "Is it better than the STE?": the two learners of every comparison of a study, held against each other seed by seed.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "plots/tables/table.hpp"

namespace steq {

/// [{"of": "VARIANT: A / B", "variant", "a", "b", "kind", "paired": {"test_accuracy": P, "test_loss": P}}] for every
/// pair of the study's measurements but the control "other seed", which pairs runs of different seeds. P is null where
/// no run has the quantity, else {"median", "mean", "low", "high", "seeds", "a_better", "verdict", "seeds_needed"} of a
/// - b: see PairedDifference; the verdict, of a against b, is "better", "worse" or "not told apart".
nlohmann::ordered_json paired_comparisons(const nlohmann::ordered_json& study);

/// From the study's "comparisons": a row for each of them and each quantity.
Table paired_table(const nlohmann::ordered_json& study);

/// One plain sentence for each comparison that is no control, on the test accuracy.
std::vector<std::string> paired_sentences(const nlohmann::ordered_json& study);

}  // namespace steq
