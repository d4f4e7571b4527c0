// SPDX-License-Identifier: MIT
#include "plots/figures/pair_curves.hpp"

#include <algorithm>

#include "plots/figures/run_styles.hpp"
#include "plots/tables/read_csv.hpp"
#include "sim/metrics/disagreement.hpp"

namespace steq {

bool PairCurve::diverges() const {
  return std::ranges::any_of(values, [](double value) { return value > 0; });
}

std::vector<PairCurve> columns_of_pairs(const StoredRun& run, const Table& table) {
  std::vector<PairCurve> curves;
  for (const Pair& pair : pairs(run))
    if (const auto column = column_of(table, pair.name())) {
      PairCurve& curve = curves.emplace_back(PairCurve{pair, line_type(run, pair), {}});
      for (const Row& row : table.rows) curve.values.push_back(number_of(row[*column]));
    }
  return curves;
}

std::vector<PairCurve> disagreement(const StoredRun& run) {
  const auto table = read_csv(run.directory() / "tables" / "disagreement.csv");
  return table ? columns_of_pairs(run, *table) : std::vector<PairCurve>{};
}

}  // namespace steq
