// SPDX-License-Identifier: MIT
#include "tests/bench/kernels_bench.hpp"

#include <ctime>
#include <string>

#include "tests/bench/bandwidth.hpp"
#include "tests/bench/fma_peak.hpp"

namespace steq::bench {
namespace {

/// Of one thread, measured before the first kernel.
struct Limits {
  double flops = fma_peak(1);
  double bytes = triad_bandwidth(1);
};

const Limits& limits() {
  static const Limits measured;
  return measured;
}

}  // namespace

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

void report(benchmark::State& state, const Work& iteration, double seconds) {
  const double rate = static_cast<double>(state.iterations()) / seconds;
  if (iteration.flops > 0) state.counters["of_fma_peak"] = rate * iteration.flops / limits().flops;
  state.counters["of_bandwidth"] = rate * iteration.bytes / limits().bytes;
}

Buffer<float> random_floats(std::size_t n) {
  Buffer<float> values(n);
  RandomStream random(1, Purpose::synthetic_data, 0, 0);
  for (float& value : values.span()) value = static_cast<float>(2 * random.uniform() - 1);
  return values;
}

}  // namespace steq::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::AddCustomContext("fma_peak_gflops", std::to_string(steq::bench::limits().flops / 1e9));
  benchmark::AddCustomContext("triad_gb_per_second", std::to_string(steq::bench::limits().bytes / 1e9));
  benchmark::RunSpecifiedBenchmarks();
}
