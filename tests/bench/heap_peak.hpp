// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace steq::bench {

/// Bytes that `operator new` has given out, of the whole program that links this file.
std::size_t heap_now();

/// The most of them at one time since heap_peak_restart(); malloc's own rounding included.
std::size_t heap_peak();
void heap_peak_restart();

}  // namespace steq::bench
