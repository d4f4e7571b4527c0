// SPDX-License-Identifier: MIT
#include "records/stored_hash.hpp"

#include <catch2/catch.hpp>

#include "records/files.hpp"
#include "records/manifest.hpp"
#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Contains;

TEST_CASE("a result passes unless its bytes are not those of the manifest") {
  const testing::TemporaryDirectory directory;
  const auto refusal = [&](const Json& manifest) {
    return testing::message<InputError>([&] { check_hash(manifest, directory.path(), "logs.h5"); });
  };
  write_file_atomically(directory.file("logs.h5"), "one");
  const Json made = manifest({.seed = 1, .threads = 1, .results = directory.path()});
  check_hash(made, directory.path(), "logs.h5");
  write_file_atomically(directory.file("logs.h5"), "two");
  CHECK_THAT(refusal(made), Contains("logs.h5: damaged or changed: its SHA-256 is not the one in manifest.json"));
  for (const char* text :
       {"null", "{}", R"({"results": []})", R"({"results": [{"file": "summary.json", "sha256": "0"}]})",
        R"({"results": [{"sha256": "0"}, {"file": "logs.h5"}]})"})
    check_hash(Json::parse(text), directory.path(), "logs.h5");
}
