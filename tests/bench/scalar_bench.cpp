// SPDX-License-Identifier: MIT
// Weight-steps per second of learners without a network, by gradient source, estimator and optimizer, change points
// recorded. Usage: scalar_bench [threads] [weights] [seconds per figure]
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "sim/core/parallel.hpp"
#include "sim/scalars/scalar_cohort.hpp"
#include "sim/training/recorders.hpp"

namespace steq::bench {
namespace {

struct Case {
  Spec gradient, estimator, optimizer;
};

double weight_steps_per_second(const Case& c, std::size_t weights, int threads, double seconds) {
  std::vector<double> initial(weights);
  for (std::size_t i = 0; i < weights; ++i) initial[i] = 2 * static_cast<double>(i) / static_cast<double>(weights) - 1;
  const LearnerSetup learner{.name = "w",
                             .quantizer = {"uniform", {}},
                             .estimator = c.estimator,
                             .optimizer = c.optimizer,
                             .learning_rate = 1e-4,
                             .initial = {initial},
                             .rate_factors = {1},
                             .seed = 1};
  const auto source = gradient_source_registry().make(c.gradient, "gradient", std::uint64_t{1});
  ScalarCohort cohort(weights, *source, {learner}, threads);
  ChangeRecorder<double> recorder(cohort.learners());
  std::vector<Observer<double>*> observers{&recorder};
  const auto start = std::chrono::steady_clock::now();
  std::chrono::duration<double> elapsed{};
  double steps = 0;
  for (; elapsed.count() < seconds; steps += 10) {
    for (int i = 0; i < 10; ++i) cohort.step(observers);
    elapsed = std::chrono::steady_clock::now() - start;
  }
  return steps * static_cast<double>(weights) / elapsed.count();
}

void run(int threads, std::size_t weights, double seconds) {
  fmt::print("{} weights, {} threads\n{:>10} {:>18} {:>10} {:>20}\n", weights, threads, "gradient", "estimator",
             "optimizer", "weight-steps a second");
  const Spec heavy_ball{"sgd", {{"momentum", 0.9}}};
  for (const Case& c :
       {Case{{"constant", {}}, {"ste", {}}, {"sgd", {}}}, Case{{"coin", {}}, {"ste", {}}, {"sgd", {}}},
        Case{{"coin", {}}, {"piecewise-linear", {}}, {"sgd", {}}}, Case{{"coin", {}}, {"triangular", {}}, {"sgd", {}}},
        Case{{"coin", {}}, {"dsq", {}}, {"sgd", {}}}, Case{{"coin", {}}, {"dsq", {}}, heavy_ball},
        Case{{"coin", {}}, {"dsq", {}}, {"adam", {}}}, Case{{"normal", {}}, {"dsq", {}}, {"sgd", {}}}})
    fmt::print("{:>10} {:>18} {:>10} {:>20.3g}\n", c.gradient.name, c.estimator.name,
               c.optimizer.values.empty() ? c.optimizer.name : "heavy ball",
               weight_steps_per_second(c, weights, threads, seconds));
}

}  // namespace
}  // namespace steq::bench

int main(int argc, char** argv) {
  const int threads = argc > 1 ? std::atoi(argv[1]) : steq::available_threads();
  steq::bench::run(threads, argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 32768, argc > 3 ? std::atof(argv[3]) : 1.0);
}
