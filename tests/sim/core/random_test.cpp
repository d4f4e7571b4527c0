// SPDX-License-Identifier: MIT
#include "sim/core/random.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace steq;

namespace {

using Words = std::array<std::uint32_t, 4>;

/// Philox4x32-10 written out from its definition.
Words philox(Words counter, std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t first = std::uint64_t{0xD2511F53} * counter[0], second = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {static_cast<std::uint32_t>(second >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(second),
               static_cast<std::uint32_t>(first >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(first)};
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  return counter;
}

Words draw(RandomStream& stream) {
  Words words;
  for (auto& word : words) word = stream();
  return words;
}

}  // namespace

TEST_CASE("the slow Philox gives the published known answers", "[random]") {
  CHECK(philox({0, 0, 0, 0}, {0, 0}) == Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  constexpr std::uint32_t kOnes = 0xffffffff;
  CHECK(philox({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}) == Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("a stream is Philox4x32-10 of block number, purpose, step and index under the seed", "[random]") {
  RandomStream zero(0, Purpose::initial_weights, 0, 0);
  CHECK(draw(zero) == Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  RandomStream stream(0x299f31d0a4093822, Purpose::quantizer_noise, 0x13198a2e, 0x03707344);
  for (std::uint32_t block = 0; block < 5; ++block)
    CHECK(draw(stream) == philox({block, 3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}));
}

TEST_CASE("streams differ in every coordinate", "[random]") {
  RandomStream base(1, Purpose::batch_order, 2, 3), seed(2, Purpose::batch_order, 2, 3);
  RandomStream high_seed(1 + (std::uint64_t{1} << 32), Purpose::batch_order, 2, 3), step(1, Purpose::batch_order, 3, 3);
  RandomStream purpose(1, Purpose::synthetic_data, 2, 3), index(1, Purpose::batch_order, 2, 4);
  const Words words = draw(base);
  for (RandomStream* other : {&seed, &high_seed, &step, &purpose, &index}) CHECK(draw(*other) != words);
}

TEST_CASE("every purpose keeps its number and its words for ever", "[random]") {
  struct Golden {
    Purpose purpose;
    std::uint32_t number, first_word;
  };
  const Golden all[] = {{Purpose::initial_weights, 0, 0xbe3eb6d1}, {Purpose::batch_order, 1, 0xc9c348f6},
                        {Purpose::synthetic_data, 2, 0xab09b982},  {Purpose::quantizer_noise, 3, 0xd8a359ac},
                        {Purpose::estimator_noise, 4, 0x38ae3206}, {Purpose::gradient_noise, 5, 0xa6bfa894},
                        {Purpose::augmentation, 6, 0x439fbe25}};
  for (const Golden& golden : all) {
    INFO(golden.number);
    CHECK(static_cast<std::uint32_t>(golden.purpose) == golden.number);
    CHECK(RandomStream(20240508, golden.purpose, 7, 11)() == golden.first_word);
  }
}

TEST_CASE("the stream of a weight knows its place: seed, tensor, step and index", "[random]") {
  const BlockPlace place{.seed = 3, .step = 5, .tensor = 2, .first = 1000};
  RandomStream stream(place, Purpose::estimator_noise, 24);
  CHECK(draw(stream) == Words{0xf9e52b77, 0x02c66fc5, 0xf19672ef, 0x730696d5});
  const auto first = [](const BlockPlace& at, std::size_t i) {
    return RandomStream(at, Purpose::estimator_noise, i)();
  };
  CHECK(first({.seed = 3, .step = 5, .tensor = 2, .first = 1024}, 0) == 0xf9e52b77);
  for (const BlockPlace& other : {BlockPlace{.seed = 4, .step = 5, .tensor = 2, .first = 1000},
                                  BlockPlace{.seed = 3, .step = 6, .tensor = 2, .first = 1000},
                                  BlockPlace{.seed = 3, .step = 5, .tensor = 1, .first = 1000},
                                  BlockPlace{.seed = 3, .step = 5, .tensor = 2, .first = 1001}})
    CHECK(first(other, 24) != 0xf9e52b77);
  CHECK(first({.seed = 3, .step = 5, .tensor = 0, .first = 1000}, 24) ==
        RandomStream(3, Purpose::estimator_noise, 5, 1024)());
}

TEST_CASE("uniform lies in [0, 1) with the moments of the uniform distribution", "[random]") {
  RandomStream stream(7, Purpose::synthetic_data, 0, 0);
  constexpr int kDraws = 100000;
  double sum = 0, squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = stream.uniform();
    REQUIRE((x >= 0 && x < 1));
    sum += x;
    squares += x * x;
  }
  CHECK(sum / kDraws == Approx(0.5).margin(0.005));  // 5 standard errors: 0.0046
  CHECK(squares / kDraws == Approx(1.0 / 3).margin(0.005));
}

TEST_CASE("uniform takes its high bits from the first of two words", "[random]") {
  RandomStream stream(0, Purpose::initial_weights, 0, 0);
  const double expected = ((0x6627e8d5u >> 5) * 67108864.0 + (0xe169c58du >> 6)) / 9007199254740992.0;
  CHECK(stream.uniform() == expected);
}

TEST_CASE("numbers for the weights of a block do not depend on where blocks begin", "[random]") {
  const BlockPlace place{.seed = 3, .step = 5, .tensor = 2, .first = 6};
  std::vector<double> whole(1000), part(7);
  draw_uniform(place, Purpose::quantizer_noise, whole);
  for (const std::size_t first : {0u, 1u, 2u, 3u, 500u}) {
    BlockPlace at = place;
    at.first += first;
    draw_uniform(at, Purpose::quantizer_noise, part);
    CHECK(std::equal(part.begin(), part.end(), whole.begin() + first));
  }
  double sum = 0, squares = 0;
  for (const double x : whole) {
    REQUIRE((x >= 0 && x < 1));
    sum += x, squares += x * x;
  }
  CHECK(sum / 1000 == Approx(0.5).margin(0.046));  // 5 standard errors
  CHECK(squares / 1000 == Approx(1.0 / 3).margin(0.05));
  BlockPlace other = place;
  other.step = 6;
  draw_uniform(other, Purpose::quantizer_noise, part);
  CHECK_FALSE(std::equal(part.begin(), part.end(), whole.begin()));
}
