// SPDX-License-Identifier: MIT
// Steps per second of the mnist-convnet pair (dsq and its STE equivalent), with recording on and off, and what share of
// the machine's measured FMA peak its arithmetic is. Usage: training_bench [threads] [seconds per figure]
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "sim/core/parallel.hpp"
#include "sim/core/random.hpp"
#include "sim/models/model.hpp"
#include "sim/training/cohort.hpp"
#include "sim/training/recorders.hpp"
#include "tests/bench/fma_peak.hpp"

namespace steq::bench {
namespace {

/// Multiply-adds, counted twice, of a training step on one image: 2 (9.288 + 9.288 + 8.837) M / 2, forward and both
/// gradients of every layer but the first one's input gradient.
constexpr double kFlopsAnImage = 27.41e6;

Dataset random_images(std::size_t n) {
  Dataset data{{1, 28, 28}, std::vector<std::uint8_t>(n * 784), std::vector<std::uint8_t>(n)};
  RandomStream random(1, Purpose::synthetic_data, 0, 0);
  for (std::uint8_t& pixel : data.pixels) pixel = static_cast<std::uint8_t>(random());
  for (std::uint8_t& label : data.labels) label = static_cast<std::uint8_t>(random() % 10);
  return data;
}

double steps_per_second(const Dataset& data, std::size_t batch, bool record, int threads, double seconds) {
  const ModelSpec model = model_registry().make({"mnist-convnet", {}}, "model", data.image, std::size_t{10});
  const Network<float> shapes(model, batch, 1);
  const LearnerSetup dsq{"q-hat",
                         {"uniform", {}},
                         {"dsq", {}},
                         {"sgd", {{"momentum", 0.9}}},
                         0.01,
                         draw_initial_weights(shapes.tensors(), 1),
                         std::vector<double>(shapes.tensors().size(), 1.0),
                         1};
  LearnerSetup ste = dsq;
  ste.name = "ste", ste.estimator = {"ste", {}};
  Cohort<float> cohort(model, data, {dsq, ste},
                       {.batch_size = batch,
                        .steps = 1 << 30,
                        .schedule = [](std::uint64_t, std::uint64_t) { return 1.0; },
                        .threads = threads,
                        .share_passes = false});
  ChangeRecorder<float> recorder(cohort.learners());
  std::vector<Observer<float>*> observers;
  if (record) observers.push_back(&recorder);
  for (int i = 0; i < 5; ++i) cohort.step(observers);
  const auto start = std::chrono::steady_clock::now();
  std::chrono::duration<double> elapsed{};
  int steps = 0;
  for (; elapsed.count() < seconds; ++steps) {
    cohort.step(observers);
    elapsed = std::chrono::steady_clock::now() - start;
  }
  return steps / elapsed.count();
}

void run(int threads, double seconds) {
  const Dataset data = random_images(20000);
  fmt::print("{:>6} {:>10} {:>10} {:>12} {:>12} {:>12}\n", "batch", "recording", "steps/s", "images/s", "GFLOP/s",
             "of FMA peak");
  for (const std::size_t batch : {64, 128, 256, 512})
    for (const bool record : {false, true}) {
      const double peak = fma_peak(threads);
      const double rate = steps_per_second(data, batch, record, threads, seconds);
      const double flops = rate * static_cast<double>(batch) * 2 * kFlopsAnImage;
      fmt::print("{:>6} {:>10} {:>10.2f} {:>12.0f} {:>12.1f} {:>11.0f}%\n", batch, record ? "on" : "off", rate,
                 rate * static_cast<double>(batch), flops / 1e9, 100 * flops / peak);
    }
}

}  // namespace
}  // namespace steq::bench

int main(int argc, char** argv) {
  const int threads = argc > 1 ? std::atoi(argv[1]) : steq::available_threads();
  steq::bench::run(threads, argc > 2 ? std::atof(argv[2]) : 3.0);
}
