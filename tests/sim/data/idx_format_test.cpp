// SPDX-License-Identifier: MIT
#include "sim/data/idx_format.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/data/temporary_files.hpp"

using namespace steq;
using test::Bytes;
using test::counting;
using test::idx_bytes;

namespace {

/// Of images where ranks are given, else of labels.
std::string problem_of_array(const Bytes& bytes, const std::vector<std::size_t>& ranks) {
  const test::TemporaryDirectory directory;
  for (const char* name : {"file", "file.gz"}) {
    const std::string file = directory.write(name, bytes);
    const auto found = test::problems_of([&] {
      ranks == std::vector<std::size_t>{1} ? void(read_idx_labels(file)) : void(read_idx_images(file, ranks));
    });
    REQUIRE(found.size() == 1);
    CHECK(found[0].place == file);
    if (name == std::string("file.gz")) return found[0].text;
  }
  return "";
}

}  // namespace

TEST_CASE("an IDX array is read as written, plain or compressed") {
  const test::TemporaryDirectory directory;
  for (const char* name : {"file", "file.gz"}) {
    const std::string file = directory.write(name, idx_bytes({2, 3, 1, 300}, counting(1800)));
    const IdxArray array = read_idx_images(file, {3, 4});
    CHECK(array.sizes == std::vector<std::size_t>{2, 3, 1, 300});
    CHECK(array.bytes == counting(1800));
  }
}

TEST_CASE("bad IDX files are refused, saying what was found and what is allowed") {
  CHECK(problem_of_array({}, {1}) == "truncated: an IDX header takes 8 bytes, file has 0");
  CHECK(problem_of_array({0, 0, 8, 3, 0, 0, 0, 1, 0, 0}, {3}) ==
        "truncated: an IDX header takes 16 bytes, file has 10");
  CHECK(problem_of_array(idx_bytes({3}, {1, 2, 3}), {3}) ==
        "magic number 0x00000801; allowed: an IDX file with the magic number 0x00000803 (images)");
  CHECK(problem_of_array(idx_bytes({1, 2, 3}, counting(6)), {1}) ==
        "magic number 0x00000803; allowed: an IDX file with the magic number 0x00000801 (labels)");
  CHECK(problem_of_array({'P', 'K', 3, 4, 5}, {3, 4}) ==
        "is an archive (unpack it); allowed: an IDX file with the magic number 0x00000803 or 0x00000804 (images)");
  CHECK(problem_of_array(idx_bytes({3, 2, 2}, counting(11)), {3}) ==
        "truncated: header promises 28 bytes, file has 27");
  CHECK(problem_of_array(idx_bytes({3, 2, 2}, counting(14)), {3}) == "too long: header promises 28 bytes, file has 30");
}

TEST_CASE("a header that promises terabytes is refused without allocating them") {
  CHECK(problem_of_array(idx_bytes({0x7fffffff, 0x1000, 0x1000}, counting(10)), {3}) ==
        "truncated: header promises 36028797002186768 bytes, file has 26");
  CHECK_THAT(problem_of_array(idx_bytes({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {}), {3, 4}),
             Catch::Contains("below 2^62"));
}

TEST_CASE("a size of zero is refused") {
  CHECK_THAT(problem_of_array(idx_bytes({0}, {}), {1}), Catch::Contains("at least 1"));
  CHECK_THAT(problem_of_array(idx_bytes({2, 0, 28}, {}), {3}), Catch::Contains("2 x 0 x 28"));
}

TEST_CASE("labels may be of any integer type, and those of QMNIST are the first of eight", "[idx]") {
  const test::TemporaryDirectory directory;
  const auto labels = [&](const Bytes& bytes) { return read_idx_labels(directory.write("labels", bytes)); };
  CHECK(labels(idx_bytes({3}, {3, 0, 255})) == Bytes{3, 0, 255});
  CHECK(labels({0, 0, 9, 1, 0, 0, 0, 2, 7, 1}) == Bytes{7, 1});
  CHECK(labels({0, 0, 11, 1, 0, 0, 0, 2, 0, 200, 0, 9}) == Bytes{200, 9});
  CHECK(labels({0, 0, 12, 1, 0, 0, 0, 1, 0, 0, 0, 41}) == Bytes{41});
  Bytes qmnist{0, 0, 12, 2, 0, 0, 0, 2, 0, 0, 0, 8};
  for (std::uint8_t i = 0; i < 16; ++i)
    qmnist.insert(qmnist.end(), {0, 0, 0, static_cast<std::uint8_t>(i == 8 ? 5 : i)});
  CHECK(labels(qmnist) == Bytes{0, 5});
}

TEST_CASE("labels that are no classes are refused", "[idx]") {
  CHECK(problem_of_array({0, 0, 9, 1, 0, 0, 0, 2, 7, 255}, {1}) ==
        "label -1 of image 1 (counted from 0); allowed: 0 to 255");
  CHECK(problem_of_array({0, 0, 12, 1, 0, 0, 0, 1, 0, 1, 0, 0}, {1}) ==
        "label 65536 of image 0 (counted from 0); allowed: 0 to 255");
  CHECK(problem_of_array({0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 1}, {1}) ==
        "labels of 2 numbers each; allowed: 1, or 8 as in QMNIST");
}

TEST_CASE("a page that a server sent in place of a file is named as such", "[idx]") {
  const std::string page = "<!DOCTYPE html><title>403</title>";
  CHECK(problem_of_array(Bytes(page.begin(), page.end()), {3}) ==
        "is an HTML page (a server's answer in place of the file: download it again); allowed: an IDX file with the "
        "magic number 0x00000803 (images)");
}
