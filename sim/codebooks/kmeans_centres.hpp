// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "sim/codebooks/sorted_values.hpp"

namespace steq {

/// `count` numbers, equidistant from the smallest to the largest value; 0 where there is no value.
template <class T>
std::vector<double> equidistant_centres(const SortedValues<T>& values, std::size_t count);

/// Where the values of each cluster end, [centres]: a value goes to the nearest centre, of two as near to the lower.
template <class T>
std::vector<std::size_t> cluster_ends(const SortedValues<T>& values, const std::vector<double>& centres);

/// Lloyd's algorithm on a line from those centres, ascending: values go to the nearest centre, centres to the (weighted)
/// mean of their values, until no value changes its centre. A centre without values, or with none that counts, stays. No
/// order of the values changes the result. With the values' curvatures as weights it is the Hessian-weighted k-means of
/// Choi, El-Khamy, Lee, arXiv:1612.01543, section 3.
template <class T>
std::vector<double> kmeans_centres(const SortedValues<T>& values, std::vector<double> centres);

}  // namespace steq
