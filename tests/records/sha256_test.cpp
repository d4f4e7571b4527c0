// SPDX-License-Identifier: MIT
#include "records/sha256.hpp"

#include <catch2/catch.hpp>

#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;

TEST_CASE("SHA-256 of the published examples (FIPS 180-2, appendix B)") {
  const testing::TemporaryDirectory directory;
  const auto hash = [&](const std::string& bytes) {
    testing::put(directory.file("a"), bytes);
    return sha256_of_file(directory.file("a"));
  };
  CHECK(hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hash(std::string(1000000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("A file that cannot be read is an IoError") {
  const testing::TemporaryDirectory directory;
  CHECK_THROWS_AS(sha256_of_file(directory.file("none")), IoError);
  CHECK_THROWS_AS(sha256_of_file(directory.path().string()), IoError);
}
