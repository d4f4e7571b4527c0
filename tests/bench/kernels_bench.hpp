// SPDX-License-Identifier: MIT
// Kernels are reported as shares of what one core of the machine can do, measured in the same run: comparable between
// machines, and over time.
#pragma once

#include <benchmark/benchmark.h>

#include "sim/core/buffer.hpp"
#include "sim/core/parallel.hpp"
#include "sim/core/random.hpp"

namespace steq::bench {

/// What one iteration must do at the least: each operation once, each array read or written once.
struct Work {
  double flops = 0;  ///< 0: not a kernel of products; its share of the FMA peak is not reported
  double bytes = 0;
};

/// Processor time of the calling thread: work of others on the machine does not count.
double thread_seconds();

/// Sets the counters of_fma_peak and of_bandwidth.
void report(benchmark::State& state, const Work& iteration, double seconds);

/// Runs the kernel as often as the benchmark asks for, and reports it. As in training, libraries stay on one thread.
template <class Kernel>
void measure(benchmark::State& state, const Work& iteration, const Kernel& kernel) {
  parallel_for(1, 1, [&](std::size_t, int) {
    kernel();  // the first call may compile code
    const double start = thread_seconds();
    for (auto _ : state) {
      kernel();
      benchmark::ClobberMemory();
    }
    report(state, iteration, thread_seconds() - start);
  });
}

/// Uniform in [-1, 1).
Buffer<float> random_floats(std::size_t n);

}  // namespace steq::bench
