// SPDX-License-Identifier: MIT
#include "sim/core/archive.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace steq;

namespace {

struct Pair {
  int number = 0;
  std::vector<double> values;
  void archive(Archive& a) { a(number, values); }
};

struct Fixed {
  explicit Fixed(std::size_t size) : buffer(size) {}
  Buffer<float> buffer;
  void archive(Archive& a) { a(buffer); }
};

}  // namespace

TEST_CASE("What was written is read", "[archive]") {
  Archive writer;
  int number = 7;
  std::string text("a\0b", 3);
  std::vector<Pair> pairs{{1, {0.5, -0.0}}, {2, {}}};
  Fixed fixed(3);
  fixed.buffer[1] = 2.5F;
  writer(number, text, pairs, fixed);

  Archive reader(writer.bytes());
  int number_back = 0;
  std::string text_back;
  std::vector<Pair> pairs_back{{9, {9}}};
  Fixed fixed_back(3);
  reader(number_back, text_back, pairs_back, fixed_back);
  reader.finish();
  CHECK(number_back == 7);
  CHECK(text_back == text);
  REQUIRE(pairs_back.size() == 2);
  CHECK(pairs_back[0].values == std::vector<double>{0.5, -0.0});
  CHECK(std::signbit(pairs_back[0].values[1]));
  CHECK(pairs_back[1].values.empty());
  CHECK(fixed_back.buffer[1] == 2.5F);
}

TEST_CASE("Bytes that do not fit are refused before memory is asked for", "[archive]") {
  Archive writer;
  std::vector<double> values(5, 1.0);
  writer(values);
  for (std::size_t size = 0; size < writer.bytes().size(); ++size) {
    Archive reader(writer.bytes().substr(0, size));
    std::vector<double> back;
    CHECK_THROWS_AS(reader(back), InputError);
  }
  Archive huge(std::string(8, '\x7f'));
  CHECK_THROWS_AS(huge(values), InputError);
  Archive longer(writer.bytes() + "x");
  longer(values);
  CHECK_THROWS_AS(longer.finish(), InputError);
  Fixed three(3), four(4);
  Archive fixed;
  fixed(three);
  Archive reader(fixed.bytes());
  CHECK_THROWS_AS(reader(four), InputError);
}
