// SPDX-License-Identifier: MIT
#include "sim/nn/load_image.hpp"
#include "tests/bench/kernels_bench.hpp"

namespace steq::bench {
namespace {

/// A byte read and a float written a pixel.
void load(benchmark::State& state, const SampleShape& shape, const View& view) {
  constexpr std::size_t images = 64;
  Dataset data{shape, std::vector<std::uint8_t>(images * shape.size()), std::vector<std::uint8_t>(images)};
  RandomStream random(1, Purpose::synthetic_data, 0, 0);
  for (std::uint8_t& pixel : data.pixels) pixel = static_cast<std::uint8_t>(random());
  Buffer<float> image(shape.size());
  std::size_t sample = 0;
  measure(state, {.bytes = static_cast<double>(shape.size() * (1 + sizeof(float)))},
          [&] { load_image(data, sample++ % images, view, image.data()); });
}
BENCHMARK_CAPTURE(load, mnist, {1, 28, 28}, {});
BENCHMARK_CAPTURE(load, cifar, {3, 32, 32}, {});
BENCHMARK_CAPTURE(load, cifar_shifted_mirrored, {3, 32, 32}, {.down = 2, .right = -3, .mirrored = true});

}  // namespace
}  // namespace steq::bench
