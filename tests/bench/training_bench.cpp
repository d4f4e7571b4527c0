// SPDX-License-Identifier: MIT
// Trains a cohort for some seconds and prints one line of JSON: steps a second, share of the machine's measured FMA
// peak, peak memory.
#include <fmt/format.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <nlohmann/json.hpp>

#include "sim/core/parallel.hpp"
#include "sim/models/model.hpp"
#include "sim/training/cohort.hpp"
#include "sim/training/recorders.hpp"
#include "tests/bench/flops.hpp"
#include "tests/bench/fma_peak.hpp"
#include "tests/bench/workload.hpp"

namespace steq::bench {
namespace {

struct Arguments {
  std::string model = "mnist-convnet";
  std::size_t batch = 0, width = 1;
  Training training;
  int threads = available_threads();
  bool record = true;
  double seconds = 3;
};

struct Rate {
  std::size_t steps = 0;
  double seconds = 0;
};

/// Steps until `seconds` have passed or `most` are done, at least one.
Rate run(Cohort<float>& cohort, std::span<Observer<float>* const> observers, double seconds, std::size_t most) {
  const auto start = std::chrono::steady_clock::now();
  Rate rate;
  while (rate.steps == 0 || (rate.seconds < seconds && rate.steps < most)) {
    cohort.step(observers);
    ++rate.steps;
    rate.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
  return rate;
}

Rate train(const ModelSpec& model, const Arguments& arguments) {
  const Dataset data = random_images(task_of(arguments.model), arguments.batch);
  Cohort<float> cohort(model, data, learners_of(model, arguments.training),
                       {.batch_size = arguments.batch,
                        .steps = std::size_t{1} << 30,
                        .threads = arguments.threads,
                        .share_passes = false});
  ChangeRecorder<float> recorder(cohort.learners());
  std::vector<Observer<float>*> observers;
  if (arguments.record) observers.push_back(&recorder);
  run(cohort, observers, arguments.seconds / 2, 5);
  return run(cohort, observers, arguments.seconds, std::size_t{1} << 20);
}

double peak_rss_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

nlohmann::ordered_json measure(const Arguments& arguments) {
  const ModelSpec model = model_for(arguments.model, arguments.width);
  const double flops = training_flops(model) * static_cast<double>(arguments.batch * arguments.training.learners);
  double peak = fma_peak(arguments.threads);
  const Rate rate = train(model, arguments);
  peak = std::max(peak, fma_peak(arguments.threads));
  const double steps_per_second = static_cast<double>(rate.steps) / rate.seconds;
  return {{"program", "steq"},
          {"model", arguments.model},
          {"width", arguments.width},
          {"batch", arguments.batch},
          {"learners", arguments.training.learners},
          {"bits", arguments.training.bits},
          {"optimizer", arguments.training.optimizer},
          {"rounding", arguments.training.rounding},
          {"threads", arguments.threads},
          {"record", arguments.record},
          {"steps", rate.steps},
          {"steps_per_second", steps_per_second},
          {"peak_rss_mib", peak_rss_mib()},
          {"flops_per_step", flops},
          {"fma_peak", peak},
          {"of_fma_peak", steps_per_second * flops / peak}};
}

void declare(CLI::App& app, Arguments& arguments) {
  const auto from_one = CLI::Range(std::size_t{1}, std::size_t{1} << 20);
  app.add_option("--model", arguments.model, "a model's name")
      ->check(CLI::IsMember(model_registry().names()))
      ->capture_default_str();
  app.add_option("--batch", arguments.batch, "images a step; default 128, 16 for the models of large images")
      ->check(from_one);
  app.add_option("--width", arguments.width, "factor of the channels and features of every layer but the last")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  app.add_option("--learners", arguments.training.learners, "trained in lockstep; dsq and ste take turns")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  app.add_option("--bits", arguments.training.bits, "a quantized weight")
      ->check(CLI::Range(1, 8))
      ->capture_default_str();
  app.add_option("--optimizer", arguments.training.optimizer, "sgd (momentum 0.9) or adam")
      ->check(CLI::IsMember({"sgd", "adam"}))
      ->capture_default_str();
  app.add_flag("--rounding", arguments.training.rounding,
               "learners that round otherwise, on a network without fusions");
  app.add_option("--threads", arguments.threads, "default: all cores")->check(CLI::Range(1, 1024));
  app.add_flag("--record,!--no-record", arguments.record, "log change points; the default");
  app.add_option("--seconds", arguments.seconds, "to measure, after a warm-up")
      ->check(CLI::Range(0.0, 3600.0))
      ->capture_default_str();
}

}  // namespace
}  // namespace steq::bench

int main(int argc, char** argv) {
  steq::bench::Arguments arguments;
  CLI::App app("Trains a cohort on random images and prints its speed and memory as one line of JSON.");
  steq::bench::declare(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (arguments.batch == 0) arguments.batch = steq::bench::task_of(arguments.model).batch;
  try {
    fmt::print("{}\n", steq::bench::measure(arguments).dump());
  } catch (const std::exception& error) {
    fmt::print(stderr, "training_bench: {}\n", error.what());
    return 1;
  }
}
