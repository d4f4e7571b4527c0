// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tests/sim/data/temporary_files.hpp"

using namespace steq;

namespace {

DataSplits limited(const Values& values) {
  DataSplits splits;
  splits.train = {.image = {1, 1, 2}, .pixels = {0, 1, 2, 3, 4, 5}, .labels = {7, 8, 9}};
  splits.test = {.image = {1, 1, 2}, .pixels = {6, 7, 8, 9}, .labels = {5, 6}};
  apply_limits(splits, resolve(limit_parameters(), values, "data"));
  return splits;
}

}  // namespace

TEST_CASE("by default all images stay") {
  CHECK(limited({}).train.size() == 3);
  CHECK(limited({{"test_limit", Value("all")}}).test.size() == 2);
}

TEST_CASE("limits keep the first images of their split") {
  const DataSplits splits = limited({{"train_limit", Value(std::int64_t{2})}});
  CHECK(splits.train.labels == test::Bytes{7, 8});
  CHECK(splits.train.pixels == test::Bytes{0, 1, 2, 3});
  CHECK(splits.test.size() == 2);
  CHECK(limited({{"test_limit", Value(std::int64_t{1})}}).test.pixels == test::Bytes{6, 7});
}

TEST_CASE("a limit equal to the number of images is allowed") {
  CHECK(limited({{"train_limit", Value(std::int64_t{3})}}).train.size() == 3);
}

TEST_CASE("limits above the number of images are refused, both at once") {
  const auto problems = test::problems_of([] {
    limited({{"train_limit", Value(std::int64_t{4})}, {"test_limit", Value(std::int64_t{300})}});
  });
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].place == "train_limit");
  CHECK_THAT(problems[0].text, Catch::Contains("4 is not allowed") && Catch::Contains("3 train images"));
  CHECK(problems[1].place == "test_limit");
  CHECK_THAT(problems[1].text, Catch::Contains("300") && Catch::Contains("2 test images"));
}

TEST_CASE("limits that are no positive number nor the word are refused") {
  for (const Value& value : {Value(std::int64_t{0}), Value(std::int64_t{-1}), Value(1.5), Value("none"), Value(true)})
    CHECK_THROWS_AS(limited({{"train_limit", value}}), InputError);
}
