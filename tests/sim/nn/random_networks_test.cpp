// SPDX-License-Identifier: MIT
#include "tests/sim/nn/random_networks.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/nn/slow_comparison.hpp"

using namespace steq;
using test::Harness;

namespace {

/// All that a network says: loss, gradients and logits, after two training passes.
template <class T>
std::vector<double> outcome(const ModelSpec& model, std::size_t batch, int threads) {
  Harness<T> harness(model, batch, threads);
  const Dataset data = test::random_dataset(model.input, batch, test::kClasses, batch);
  harness.train(data);
  harness.evaluate(data);
  std::vector<double> all{harness.train(data)};
  for (std::size_t t = 0; t < harness.weights.size(); ++t)
    for (const double g : harness.gradient(t)) all.push_back(g);
  for (const double logit : harness.evaluate(data)) all.push_back(logit);
  return all;
}

template <class T>
void check_threads(const ModelSpec& model, std::size_t batch) {
  const std::vector<double> alone = outcome<T>(model, batch, 1);
  for (const int threads : {2, 3, 4, 7}) CHECK((outcome<T>(model, batch, threads) == alone));
}

void check_random_networks(std::uint32_t first, std::uint32_t last) {
  for (std::uint32_t seed = first; seed < last; ++seed) {
    const test::RandomNetwork network(seed);
    INFO("random network " << seed);
    check_threads<double>(network.model, network.batch);
    check_threads<float>(network.model, network.batch);
    test::check_slow<double>({"random", network.model}, test::kClasses, network.batch, 1e-7);
  }
}

}  // namespace

TEST_CASE("random networks agree with the slow one, and with themselves on more threads", "[nn]") {
  check_random_networks(0, 40);
}

TEST_CASE("many random networks agree with the slow one, and with themselves on more threads", "[nn][slow]") {
  check_random_networks(40, 600);
}

TEST_CASE("where a sample lies in memory, which depends on the thread, reaches no result", "[nn]") {
  // Eigen makes products of fewer than 20 rows, columns and terms together by code that looks at addresses.
  const ModelSpec dense{{8, 1, 1}, test::layers({"relu", "dense:name=a,out=7", "dense:name=b,out=3"})};
  const ModelSpec conv{{3, 2, 1},
                       test::layers({"conv2d:name=a,out=2,kernel=3,padding=1,bias=false", "relu", "flatten",
                                     "dense:name=b,out=10", "relu", "dense:name=c,out=3"})};
  for (const ModelSpec& model : {dense, conv}) {
    check_threads<double>(model, 4);
    check_threads<float>(model, 4);
  }
}
