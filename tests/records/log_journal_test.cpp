// SPDX-License-Identifier: MIT
// A flush of the recorder that a kill cut off.
#include "records/log_journal.hpp"

#include <zlib.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>

#include "records/files.hpp"
#include "records/finished_flush.hpp"
#include "records/lock_file.hpp"
#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Contains;

namespace {

template <class T>
std::string bytes_of(T number) {
  std::string bytes(sizeof number, '\0');
  std::memcpy(bytes.data(), &number, sizeof number);
  return bytes;
}

/// As the recorder writes it: two pages of a file that is to have so many bytes.
std::string two_pages(std::uint64_t size = 9000, std::uint64_t second = 8192) {
  std::string text = "STEQJRN1" + bytes_of(size) + bytes_of(std::uint64_t{2});
  text += bytes_of(std::uint64_t{4096}) + std::string(kJournalPage, 'b');
  text += bytes_of(second) + std::string(kJournalPage, 'c');
  return text + bytes_of(static_cast<std::uint32_t>(
                    ::crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size()))));
}

struct Interrupted {
  testing::TemporaryDirectory directory;
  std::string log = directory.file("logs.h5"), journal = log + ".journal";

  explicit Interrupted(const std::string& bytes = two_pages()) {
    write_file_atomically(log, std::string(6000, 'a'));
    write_file_atomically(journal, bytes);
  }
};

}  // namespace

TEST_CASE("a flush that was cut off is finished, as often as it takes", "[logs]") {
  const Interrupted run;
  const std::string finished = std::string(4096, 'a') + std::string(4096, 'b') + std::string(808, 'c');
  for (int kills = 0; kills < 2; ++kills) {  // the second time the pages are there already
    write_file_atomically(run.journal, two_pages());
    finish_flush(run.log);
    CHECK(read_file(run.log) == finished);
    CHECK_FALSE(std::filesystem::exists(run.journal));
    CHECK_FALSE(std::filesystem::exists(run.directory.file("recorder.lock")));
  }
  finish_flush(run.log);
  CHECK(read_file(run.log) == finished);
}

TEST_CASE("a damaged journal changes nothing", "[logs]") {
  const std::string whole = two_pages();
  std::string flipped = whole;
  flipped[5000] ^= 1;
  for (const std::string& bytes : {std::string(), whole.substr(0, 30), whole.substr(0, whole.size() - 1), flipped,
                                   two_pages(0), two_pages(9000, std::uint64_t{1} << 63), two_pages(9000, 100)}) {
    const Interrupted run(bytes);
    CHECK_THROWS_WITH(finish_flush(run.log), Contains("logs.h5.journal") && Contains("damaged"));
    CHECK(read_file(run.log) == std::string(6000, 'a'));
    CHECK(std::filesystem::exists(run.journal));
  }
}

TEST_CASE("a log that is being written is left to its recorder", "[logs]") {
  const Interrupted run;
  LockFile recorder(run.directory.file("recorder.lock"));
  REQUIRE(recorder.try_lock() == 0);
  CHECK_THROWS_WITH(finish_flush(run.log), Contains("a recorder is writing it"));
  CHECK(std::filesystem::exists(run.journal));
}
