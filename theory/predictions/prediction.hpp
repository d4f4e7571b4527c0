// SPDX-License-Identifier: MIT
// A prediction says in closed form how far a learner and its driven STE twin will diverge, from where weights start and
// what drives them. One file each; see arXiv:2405.05171 for the setting in which they are derived.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/core/plugin.hpp"
#include "theory/predictions/scalar_twin.hpp"
#include "theory/profile.hpp"

namespace steq {

/// The profile over starts: means over the weights that start at the same place. `predicted` and `scale` in weight
/// units, of a weight's index.
using OfWeight = std::function<double(std::size_t)>;
Profile profile_over_starts(const ScalarTwin& run, const OfWeight& predicted, const OfWeight& scale);

/// Reads a finished run. Throws DomainError where the prediction does not speak of such a recipe.
using PredictionRegistry = Registry<Profile(const Parameters&, const ScalarTwin& run)>;
const PredictionRegistry& prediction_registry();

/// 1 / (1 - momentum) for a heavy ball; DomainError for any other rule.
double stretch(const Optimizer& optimizer);

}  // namespace steq
