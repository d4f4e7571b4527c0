// SPDX-License-Identifier: MIT
// A law says in closed form what a random quantity is in the mean, or how often it takes a value. One file each, with the
// draws that it is held against.
#pragma once

#include "sim/core/plugin.hpp"
#include "sim/core/random.hpp"
#include "theory/profile.hpp"

namespace steq {

/// So many draws, from streams that depend on nothing but the seed.
struct LawDraws {
  std::uint64_t seed = 1;
  std::size_t count = 1;

  RandomStream stream(std::uint32_t step, std::uint32_t index) const { return {seed, Purpose::law_draws, step, index}; }
};

/// Holds the closed form against the draws.
using LawRegistry = Registry<Profile(const Parameters&, const LawDraws&)>;
const LawRegistry& law_registry();

/// The share of the draws for which happens() is true.
template <class Happens>
double share_of_draws(std::size_t count, const Happens& happens) {
  std::size_t times = 0;
  for (std::size_t i = 0; i < count; ++i) times += happens();
  return static_cast<double>(times) / static_cast<double>(count);
}

/// The mean of value() over the draws.
template <class Value>
double mean_of_draws(std::size_t count, const Value& value) {
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += value();
  return sum / static_cast<double>(count);
}

/// A standard normal draw.
double draw_standard_normal(RandomStream& stream);

/// A whole number of things, as a parameter.
ParameterInfo law_count(const std::string& name, std::int64_t fallback, const std::string& meaning, double most);

}  // namespace steq
