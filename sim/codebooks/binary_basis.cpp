// SPDX-License-Identifier: MIT
#include "sim/codebooks/binary_basis.hpp"

#include <Eigen/Dense>
#include <algorithm>

#include "sim/codebooks/kmeans_centres.hpp"

namespace steq {
namespace {

constexpr int kMostTurns = 10000;

double sign_of(std::size_t code, std::size_t k) { return (code >> k) & 1 ? 1.0 : -1.0; }

/// Signs of the basis at each level; where two levels are equal the order says which is which.
std::vector<std::size_t> codes_of(const std::vector<BasisLevel>& levels) {
  std::vector<std::size_t> codes;
  for (const BasisLevel& level : levels) codes.push_back(level.code);
  return codes;
}

}  // namespace

std::vector<BasisLevel> basis_levels(const std::vector<double>& basis) {
  std::vector<BasisLevel> levels;
  for (std::size_t code = 0; code < std::size_t{1} << basis.size(); ++code) {
    double value = 0;
    for (std::size_t k = 0; k < basis.size(); ++k) value += sign_of(code, k) * basis[k];
    levels.push_back({value, code});
  }
  std::ranges::stable_sort(levels, {}, &BasisLevel::value);
  return levels;
}

std::vector<double> basis_values(const std::vector<double>& basis) {
  std::vector<double> values;
  for (const BasisLevel& level : basis_levels(basis)) values.push_back(level.value);
  return values;
}

std::vector<double> first_basis(double largest_magnitude, std::size_t count) {
  const double unit = largest_magnitude / static_cast<double>((std::size_t{1} << count) - 1);
  std::vector<double> basis;
  for (std::size_t k = 0; k < count; ++k) basis.push_back(unit * static_cast<double>(std::size_t{1} << k));
  return basis;
}

template <class T>
std::vector<double> next_basis(const SortedValues<T>& values, const std::vector<double>& basis) {
  const std::size_t n = basis.size();
  const std::vector<std::size_t> ends = cluster_ends(values, basis_values(basis)),
                                 codes = codes_of(basis_levels(basis));
  Eigen::MatrixXd gram = Eigen::MatrixXd::Zero(static_cast<long>(n), static_cast<long>(n));
  Eigen::VectorXd right = Eigen::VectorXd::Zero(static_cast<long>(n));
  for (std::size_t j = 0, first = 0; j < codes.size(); first = ends[j++]) {
    const auto sums = values.between(first, ends[j]);
    Eigen::VectorXd signs(static_cast<long>(n));
    for (std::size_t k = 0; k < n; ++k) signs[static_cast<long>(k)] = sign_of(codes[j], k);
    gram += sums.weight * signs * signs.transpose();
    right += sums.value * signs;
  }
  const Eigen::FullPivLU<Eigen::MatrixXd> lu(gram);
  if (!lu.isInvertible()) return basis;
  const Eigen::VectorXd solution = lu.solve(right);
  return {solution.data(), solution.data() + n};
}

template <class T>
std::vector<double> best_basis(const SortedValues<T>& values, std::vector<double> basis) {
  std::vector<std::size_t> codes, before;
  for (int turn = 0; turn < kMostTurns; ++turn) {
    codes = cluster_ends(values, basis_values(basis));
    const std::vector<std::size_t> order = codes_of(basis_levels(basis));
    codes.insert(codes.end(), order.begin(), order.end());
    if (codes == before) break;
    before = codes;
    basis = next_basis(values, basis);
  }
  return basis;
}

template std::vector<double> next_basis(const SortedValues<float>&, const std::vector<double>&);
template std::vector<double> next_basis(const SortedValues<double>&, const std::vector<double>&);
template std::vector<double> best_basis(const SortedValues<float>&, std::vector<double>);
template std::vector<double> best_basis(const SortedValues<double>&, std::vector<double>);

}  // namespace steq
