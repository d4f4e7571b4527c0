// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "plots/tables/table.hpp"

namespace steq {

/// A table environment for the packages booktabs and array that fits into a column of 345 pt, the text width of the
/// standard classes: cells and heads wrap, the size of the letters falls to \scriptsize where it must, and what is
/// wider still is cut into several tabulars that repeat the first column. Heads and the names of rows are
/// printed_title()s.
std::string to_latex(const Table& table, const std::string& label);

/// A name of this program as a paper prints it: "quantized_weight_agreement" as "quantized weight agreement",
/// "test_accuracy_a" as "test accuracy of a", "learners.q-hat.estimator.k" as "q-hat estimator k"; words as they are.
std::string printed_title(const std::string& name);

}  // namespace steq
