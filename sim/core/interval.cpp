// SPDX-License-Identifier: MIT
#include "sim/core/interval.hpp"

#include "sim/core/errors.hpp"

namespace steq {

Interval pow(const Interval& x, double p) {
  if (!(x.lower() >= 0)) throw DomainError("power of an interval that is not >= 0");
  if (p == 0) return 1;
  if (p == 1) return x;
  const double least = p > 0 ? x.lower() : x.upper(), most = p > 0 ? x.upper() : x.lower();
  return {OutwardRounding::pow_down(least, p), OutwardRounding::pow_up(most, p)};
}

}  // namespace steq
