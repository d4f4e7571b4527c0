// SPDX-License-Identifier: MIT
// Matrix products on Eigen, for double and for builds without oneDNN.
#pragma once

#include <Eigen/Core>
#include <string>

namespace steq {

/// Blocking sizes that do not depend on the machine, so that sums are added in the same order everywhere.
void pin_eigen_blocking();

std::string eigen_version();
std::string eigen_instructions();

template <class T>
using RowMatrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A row-major array as a matrix.
template <class T>
auto matrix(std::size_t rows, std::size_t columns, const T* data) {
  return Eigen::Map<const RowMatrix<T>>(data, static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns));
}
template <class T>
auto matrix(std::size_t rows, std::size_t columns, T* data) {
  return Eigen::Map<RowMatrix<T>>(data, static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns));
}

/// Every row of y [rows, columns] becomes the bias, or zero where that is null.
template <class T>
void start_rows(std::size_t rows, std::size_t columns, const T* bias, T* y) {
  if (bias)
    matrix(rows, columns, y).rowwise() = matrix(1, columns, bias).row(0);
  else
    matrix(rows, columns, y).setZero();
}

}  // namespace steq
