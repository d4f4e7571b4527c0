// SPDX-License-Identifier: MIT
#include "sim/training/batches.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

using namespace steq;
using Samples = std::vector<std::uint32_t>;

namespace {

Samples batch(BatchSequence& sequence, std::size_t step) {
  const auto samples = sequence.at(step);
  return {samples.begin(), samples.end()};
}

Samples epoch(BatchSequence& sequence, std::size_t index) {
  Samples all;
  for (std::size_t s = 0; s < sequence.steps_per_epoch(); ++s)
    for (const std::uint32_t sample : sequence.at(index * sequence.steps_per_epoch() + s)) all.push_back(sample);
  return all;
}

}  // namespace

TEST_CASE("without shuffle: file order, whole batches only, from the start every epoch", "[training]") {
  BatchSequence sequence(10, 3, 1, false);
  CHECK(sequence.steps_per_epoch() == 3);
  CHECK(batch(sequence, 0) == Samples{0, 1, 2});
  CHECK(batch(sequence, 2) == Samples{6, 7, 8});
  CHECK(batch(sequence, 3) == Samples{0, 1, 2});
  CHECK(batch(sequence, 7) == Samples{3, 4, 5});
}

TEST_CASE("with shuffle: no sample twice an epoch, another order every epoch and seed", "[training]") {
  BatchSequence sequence(100, 7, 1, true), other(100, 7, 2, true);
  const Samples first = epoch(sequence, 0), second = epoch(sequence, 1);
  CHECK(first.size() == 98);
  CHECK(std::set<std::uint32_t>(first.begin(), first.end()).size() == 98);
  CHECK(*std::max_element(first.begin(), first.end()) <= 99);
  CHECK(first != second);
  CHECK(first != epoch(other, 0));
}

TEST_CASE("a batch is a function of the step, whatever was asked before", "[training]") {
  BatchSequence sequence(100, 7, 1, true), jumping(100, 7, 1, true);
  const Samples late = batch(jumping, 40), early = batch(jumping, 3);
  for (std::size_t step = 0; step <= 40; ++step) {
    const Samples now = batch(sequence, step);
    if (step == 3) CHECK(now == early);
    if (step == 40) CHECK(now == late);
  }
}

TEST_CASE("a batch may be the whole data", "[training]") {
  BatchSequence sequence(5, 5, 1, false);
  CHECK(sequence.steps_per_epoch() == 1);
  CHECK(batch(sequence, 9) == Samples{0, 1, 2, 3, 4});
}
