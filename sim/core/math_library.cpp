// SPDX-License-Identifier: MIT
#include "sim/core/math_library.hpp"

#include <fmt/format.h>
#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

#include <bit>
#include <cmath>
#include <cstdint>
#include <type_traits>

namespace steq {
namespace {

constexpr int kPoints = 200;

std::string version() {
#ifdef __GLIBC__
  return std::string("glibc ") + gnu_get_libc_version();
#else
  return "C library";
#endif
}

/// Fowler, Noll and Vo's hash (FNV-1a), a number at a time.
class Digest {
 public:
  template <class T>
  void add(T number) {
    using Bits = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;
    value_ = (value_ ^ std::bit_cast<Bits>(number)) * 0x100000001b3;
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325;
};

/// Every function of the library that the engine and the theory call, at x > 0.
template <class T>
void add_functions(T x, Digest& digest) {
  const T third = 1 / T(3);
  for (const T result : {std::exp(x), std::exp(-x), std::expm1(x), std::log(x), std::log1p(x), std::pow(x, third),
                         std::pow(third, x), std::tanh(x), std::sinh(x), std::cosh(x), std::sin(x), std::cos(x),
                         std::atan2(x, third), std::cbrt(x), std::hypot(x, third)})
    digest.add(result);
}

}  // namespace

std::string math_library() {
  Digest digest;
  for (int i = 1; i <= kPoints; ++i) {
    const volatile double x = 0.0173 * i;  // known to nobody before the program runs
    add_functions<double>(x, digest);
    add_functions<float>(static_cast<float>(x), digest);
  }
  return fmt::format("{}, results {:016x}", version(), digest.value());
}

}  // namespace steq
