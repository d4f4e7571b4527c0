// SPDX-License-Identifier: MIT
#include "theory/laws/law.hpp"

#include <boost/random/normal_distribution.hpp>

namespace steq {

double draw_standard_normal(RandomStream& stream) {
  boost::random::normal_distribution<double> normal;
  return normal(stream);
}

ParameterInfo law_count(const std::string& name, std::int64_t fallback, const std::string& meaning, double most) {
  return {.name = name, .kind = Kind::integer, .fallback = Value(fallback), .meaning = meaning, .min = 1, .max = most};
}

}  // namespace steq
