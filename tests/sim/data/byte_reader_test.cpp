// SPDX-License-Identifier: MIT
#include "sim/data/byte_reader.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/data/temporary_files.hpp"

using namespace steq;
using test::Bytes;

namespace {

const Bytes kContent = test::counting(3'000'000);

/// Overwrites `name` with bytes that are not compressed again.
std::string write_raw(const test::TemporaryDirectory& directory, const std::string& name, const Bytes& bytes) {
  const std::string file = directory.path() + "/" + name;
  std::ofstream(file, std::ios::binary).write(reinterpret_cast<const char*>(bytes.data()), std::ssize(bytes));
  return file;
}

std::vector<Problem> problems_of_reading(const std::string& file) {
  return test::problems_of([&] {
    ByteReader reader(file);
    reader.read_up_to(kContent.size());
    reader.skip_rest();
  });
}

}  // namespace

TEST_CASE("plain and compressed files read alike") {
  const test::TemporaryDirectory directory;
  for (const char* name : {"a", "a.gz"}) {
    const std::string file = directory.write(name, kContent);
    CHECK((test::contents(file) == kContent) == (std::string(name) == "a"));  // the second is really compressed
    ByteReader reader(file);
    Bytes head(5);
    CHECK(reader.read(head) == 5);
    CHECK(head == Bytes{0, 1, 2, 3, 4});
    CHECK(reader.position() == 5);
    CHECK(reader.read_up_to(2'500'000) == Bytes(kContent.begin() + 5, kContent.begin() + 2'500'005));
    CHECK(reader.skip_rest() == kContent.size() - 2'500'005);
    CHECK(reader.position() == kContent.size());
    CHECK(reader.read(head) == 0);
  }
}

TEST_CASE("a promise of more bytes than any memory holds costs nothing") {
  const test::TemporaryDirectory directory;
  ByteReader reader(directory.write("short", {1, 2, 3}));
  const Bytes bytes = reader.read_up_to(std::uint64_t{1} << 61);
  CHECK(bytes == Bytes{1, 2, 3});
  CHECK(bytes.capacity() < 2'000'000);
}

TEST_CASE("a cut or damaged gzip file is bad input") {
  const test::TemporaryDirectory directory;
  const Bytes whole = test::contents(directory.write("whole.gz", kContent));
  REQUIRE(problems_of_reading(directory.path() + "/whole.gz").empty());
  for (const std::size_t missing : {std::size_t{1}, whole.size() / 2}) {
    const Bytes cut(whole.begin(), whole.end() - static_cast<std::ptrdiff_t>(missing));
    const auto problems = problems_of_reading(write_raw(directory, "cut.gz", cut));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].place == directory.path() + "/cut.gz");
    CHECK_THAT(problems[0].text, Catch::Contains("truncated"));
    if (missing == 1) CHECK_THAT(problems[0].text, Catch::Contains("after 3000000 bytes"));
  }
  for (const std::size_t from_end : {std::size_t{6}, whole.size() / 2}) {  // the checksum, the data
    Bytes damaged = whole;
    damaged[whole.size() - from_end] ^= 0x55;
    const auto problems = problems_of_reading(write_raw(directory, "damaged.gz", damaged));
    REQUIRE(problems.size() == 1);
    CHECK_THAT(problems[0].text, Catch::Contains("gzip"));
  }
}

TEST_CASE("a file that cannot be opened is the system's error") {
  CHECK_THROWS_AS(ByteReader("/nonexistent/file"), IoError);
}

TEST_CASE("a small gzip file that would fill the memory is refused on the way") {
  const test::TemporaryDirectory directory;
  const auto problems = problems_of_reading(directory.write("bomb.gz", Bytes(70 << 20)));
  REQUIRE(problems.size() == 1);
  CHECK_THAT(problems[0].text, Catch::Contains("allowed: at most 100 times as many beyond 67108864"));
  CHECK(problems_of_reading(directory.write("plain", Bytes(70 << 20))).empty());
  CHECK(problems_of_reading(directory.write("small.gz", Bytes(60 << 20))).empty());
}
