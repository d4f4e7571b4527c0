// SPDX-License-Identifier: MIT
#include "tests/bench/heap_peak.hpp"

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> now{0}, peak{0};

}  // namespace

void* operator new(std::size_t size) {
  void* memory = std::malloc(size);
  if (!memory) throw std::bad_alloc();
  const std::size_t all = now += malloc_usable_size(memory);
  for (std::size_t seen = peak; seen < all && !peak.compare_exchange_weak(seen, all);) continue;
  return memory;
}

void operator delete(void* memory) noexcept {
  now -= malloc_usable_size(memory);
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

namespace steq::bench {

std::size_t heap_now() { return now; }
std::size_t heap_peak() { return peak; }
void heap_peak_restart() { peak = heap_now(); }

}  // namespace steq::bench
