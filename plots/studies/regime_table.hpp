// SPDX-License-Identifier: MIT
// The numbers behind a regime map: curves, columns of panels, and a table for each column.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "plots/studies/study_figures.hpp"

namespace steq::figures {

/// One curve: the second learner of a comparison, whatever the variant.
struct Partner {
  std::string a, b, kind;
  int line_type = 0;

  std::string pair(const std::string& variant) const { return fmt::format("{}: {} / {}", variant, a, b); }
  std::string name() const { return b == "other seed" ? fmt::format("{} with another seed", a) : b; }
};

/// One column of panels: the variants that share a value of "by", by rising x.
struct Column {
  std::string title;
  std::vector<std::pair<double, std::string>> points;  ///< x and variant
};

std::vector<Column> columns_of(const Json& study);

/// Of all variants, in the order in which they are measured. Identical copys, which never diverge, have no curve.
std::vector<Partner> partners_of(const Json& study);

/// Three columns a quantity: of each partner the share of different levels and its test accuracy, at last the test
/// accuracy of the first learner and the share of weights that ever changed level.
Table table_of(const Json& study, const Column& column, const std::vector<Partner>& partners);

/// A power of ten below every share that is not 0: there stand those that are 0.
double floor_of(const Json& study);

}  // namespace steq::figures
