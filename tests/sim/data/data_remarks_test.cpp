// SPDX-License-Identifier: MIT
#include "sim/data/data_remarks.hpp"

#include <catch2/catch.hpp>

using namespace steq;

namespace {

DataSplits good() {
  DataSplits splits;
  splits.train = {.image = {1, 1, 2}, .pixels = {0, 1, 2, 3, 4, 5}, .labels = {0, 1, 2}};
  splits.test = {.image = {1, 1, 2}, .pixels = {6, 7}, .labels = {1}};
  splits.classes = 3;
  return splits;
}

}  // namespace

TEST_CASE("nothing is said of good data", "[data-remarks]") { CHECK(data_remarks(good()).empty()); }

TEST_CASE("a class that nothing trains is told", "[data-remarks]") {
  DataSplits splits = good();
  splits.train.labels = {1, 2, 3};
  splits.classes = 4;
  CHECK(data_remarks(splits) ==
        std::vector<std::string>{"no training image has the label 0; labels count from 0, and there are 4 classes"});
  splits.classes = 100;
  CHECK_THAT(data_remarks(splits).at(0), Catch::Contains("the label 0, 4, 5, 6, 7, 8, 9, 10, 11, 12, ...; labels"));
}

TEST_CASE("images that are all alike are told", "[data-remarks]") {
  DataSplits splits = good();
  splits.train.pixels.assign(6, 3);
  splits.test.pixels.assign(2, 0);
  CHECK(data_remarks(splits) ==
        std::vector<std::string>{"every pixel of every training image is 3", "every pixel of every test image is 0"});
}

TEST_CASE("a test on training images is told", "[data-remarks]") {
  DataSplits splits = good();
  splits.test = {.image = {1, 1, 2}, .pixels = {0, 1, 2, 3}, .labels = {0, 1}};
  CHECK(data_remarks(splits) == std::vector<std::string>{"the 2 test images are the first training images"});
}
