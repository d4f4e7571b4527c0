// SPDX-License-Identifier: MIT
#include "sim/nn/rounding.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <type_traits>

#include "sim/core/random.hpp"

namespace steq {
namespace {

/// Draws -1, 0 and 1, each as often as the others: digits to the base 3 of random words.
class Moves {
 public:
  explicit Moves(const RandomStream& random) : random_(random) {}

  int operator()() {
    if (digits_left_ == 0) word_ = random_(), digits_left_ = kDigits;
    const std::uint64_t product = std::uint64_t{word_} * 3;
    word_ = static_cast<std::uint32_t>(product);
    --digits_left_;
    return static_cast<int>(product >> 32) - 1;
  }

 private:
  static constexpr int kDigits = 10;  // of 20 in a word: the last ones would not be drawn evenly

  RandomStream random_;
  std::uint32_t word_ = 0;
  int digits_left_ = 0;
};

/// From a number above 0 to the next one.
template <class T>
T unit_in_the_last_place(T x) {
  using Bits = std::conditional_t<sizeof(T) == sizeof(std::uint32_t), std::uint32_t, std::uint64_t>;
  return std::bit_cast<T>(std::bit_cast<Bits>(x) + 1) - x;
}

/// Sums over the same inputs have terms of the same size, and the error of a sum goes with its terms, not with what is
/// left of them. Where all are 0 there was nothing to round.
template <class T>
void move(T* sums, std::size_t channels, Moves& moves) {
  T largest = 0;
  for (std::size_t c = 0; c < channels; ++c) largest = std::max(largest, std::abs(sums[c]));
  if (largest == 0) return;
  const T unit = unit_in_the_last_place(largest);
  for (std::size_t c = 0; c < channels; ++c) sums[c] += static_cast<T>(moves()) * unit;
}

}  // namespace

template <class T>
void round_otherwise(const Rounding& rounding, const PreActivations<T>& sums) {
  RandomStream of_layer(rounding.seed, Purpose::rounding, rounding.step, sums.layer);
  const std::uint64_t high = of_layer(), key = high << 32 | of_layer();
  const std::size_t channels = sums.shape.channels, pixels = sums.shape.height * sums.shape.width;
  for (std::size_t i = 0; i < sums.samples.n; ++i) {
    Moves moves(RandomStream(key, Purpose::rounding, static_cast<std::uint32_t>(sums.samples.first + i), 0));
    for (std::size_t p = 0; p < pixels; ++p) move(sums.y + (i * pixels + p) * channels, channels, moves);
  }
}

template void round_otherwise<float>(const Rounding&, const PreActivations<float>&);
template void round_otherwise<double>(const Rounding&, const PreActivations<double>&);

}  // namespace steq
