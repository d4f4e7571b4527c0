// SPDX-License-Identifier: MIT
// Counter-based random numbers: every draw is a pure function of (seed, purpose, step, index), so there is no generator
// state to save and no thread can influence a result. Philox4x32-10 (Salmon et al., SC 2011) from Random123.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>

#include "sim/core/types.hpp"

namespace steq {

/// Each use of randomness has its own domain, so that streams never collide. The values decide the bits that are drawn:
/// none may ever change. New uses count on from 16.
enum class Purpose : std::uint32_t {
  initial_weights = 0,
  batch_order = 1,
  synthetic_data = 2,
  quantizer_noise = 3,
  estimator_noise = 4,
  gradient_noise = 5,
  augmentation = 6,
  rounding = 16,
  storage_noise = 17,
  codewords = 18,
  law_draws = 19
};

/// A stream of 32-bit words for one (seed, purpose, step, index); a UniformRandomBitGenerator for Boost.Random.
class RandomStream {
 public:
  using result_type = std::uint32_t;

  /// step and index: below 2^32.
  RandomStream(std::uint64_t seed, Purpose purpose, std::uint32_t step, std::uint32_t index);

  /// The stream of the i-th weight of a block: no other weight, tensor or step of that seed shares it.
  RandomStream(const BlockPlace& place, Purpose purpose, std::size_t i);

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
  result_type operator()();

  /// Uniform in [0, 1), 53 bits.
  double uniform();

 private:
  std::array<std::uint32_t, 4> counter_;
  std::array<std::uint32_t, 2> key_;
  std::array<std::uint32_t, 4> words_{};
  unsigned used_ = 4;
};

/// A number for each weight of a block, uniform in [0, 1), 32 bits; weights share no draw, whatever blocks they come in.
void draw_uniform(const BlockPlace& place, Purpose purpose, std::span<double> draws);

}  // namespace steq
