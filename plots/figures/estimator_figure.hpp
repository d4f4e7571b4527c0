// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "sim/estimators/estimator_graph.hpp"

namespace steq {

/// Three panels side by side (q, the two staircases, M) as the text of an SVG, or nothing where gnuplot is not
/// installed. Throws IoError where gnuplot fails or its files cannot be written.
std::optional<std::string> draw_estimator(const EstimatorGraph& graph);

}  // namespace steq
