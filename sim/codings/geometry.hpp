// SPDX-License-Identifier: MIT
// How far quantized weights point away from the weights: Anderson, Berg, arXiv:1705.07199.
#pragma once

#include <cstddef>
#include <span>

namespace steq {

struct Geometry {
  double angle_degrees = 0;           ///< between w and Q(w); 90 where either is 0 throughout, 0 where both are
  double relative_squared_error = 0;  ///< |w - Q(w)|^2 / |w|^2; of weights that are 0 throughout 0 or infinite
  double zero_share = 0;              ///< of the quantized weights
};

/// The mean cosine of the angle between w and sign(w) for isotropic normal w of d numbers:
/// sqrt(d) Gamma(d/2) / (sqrt(pi) Gamma((d+1)/2)); sqrt(2/pi) for large d, an angle of 37.07 degrees.
double expected_sign_cosine(double d);

/// Of one vector. The number of threads changes nothing.
template <class T>
Geometry geometry_of(std::span<const T> w, std::span<const T> quantized, int threads = 1);

/// The means over the rows of a matrix, each of which is one unit.
template <class T>
Geometry mean_geometry(std::span<const T> w, std::span<const T> quantized, std::size_t rows);

}  // namespace steq
