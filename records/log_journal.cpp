// SPDX-License-Identifier: MIT
#include "records/log_journal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

#include <bit>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <memory>
#include <thread>

#include "records/files.hpp"
#include "records/lock_file.hpp"
#include "records/open_file.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;
static_assert(std::endian::native == std::endian::little);

constexpr std::string_view kMagic = "STEQJRN1";
constexpr std::size_t kHeader = 24, kEntry = 8 + kJournalPage, kCheck = 4;  // bytes
constexpr int kTries = 40;                                                  // of a flush that goes on
constexpr auto kPause = std::chrono::milliseconds(50);

template <class T>
T number_at(std::string_view bytes, std::size_t offset) {
  T number{};
  std::memcpy(&number, bytes.data() + offset, sizeof number);
  return number;
}

bool is_whole(std::string_view bytes) {
  if (bytes.size() < kHeader + kCheck || !bytes.starts_with(kMagic)) return false;
  const std::size_t body = bytes.size() - kCheck;
  const auto crc = static_cast<std::uint32_t>(
      ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<z_size_t>(body)));
  return (body - kHeader) % kEntry == 0 && (body - kHeader) / kEntry == number_at<std::uint64_t>(bytes, 16) &&
         crc == number_at<std::uint32_t>(bytes, body);
}

[[noreturn]] void refuse_finish(const std::string& log, const std::string& why) {
  throw IoError(log, fmt::format("a recorder was killed while it wrote, and the rest, in {}.journal, cannot be put in: "
                                 "{}; allowed: a copy of the directory that can be written",
                                 log, why));
}

void write_page(const OpenFile& file, const LogJournal::Page& page, const std::string& log) {
  for (std::size_t done = 0; done < page.bytes.size();) {
    const auto written = ::pwrite(file.descriptor(), page.bytes.data() + done, page.bytes.size() - done,
                                  static_cast<off_t>(page.offset + done));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) refuse_finish(log, std::strerror(errno));
    done += static_cast<std::size_t>(written);
  }
}

void apply(const std::string& log, const std::string& journal) {
  const std::string bytes = read_file(journal);
  const LogJournal flush = read_journal(bytes, journal);
  OpenFile file(log, O_RDWR | O_CLOEXEC);
  for (const LogJournal::Page& page : flush.pages) write_page(file, page, log);
  if (::ftruncate(file.descriptor(), static_cast<off_t>(flush.size)) != 0) refuse_finish(log, std::strerror(errno));
  file.flush();
  file.close();
  fs::remove(journal);
}

/// Null where another process records.
std::unique_ptr<LockFile> lock_of(const std::string& log) {
  const std::string path = (fs::path(log).parent_path() / "recorder.lock").string();
  try {
    auto lock = std::make_unique<LockFile>(path);
    const int error = lock->try_lock();
    if (error == EWOULDBLOCK) return nullptr;
    if (error != 0) refuse_finish(log, std::strerror(error));
    return lock;
  } catch (const IoError& error) {
    refuse_finish(log, error.what());
  }
}

}  // namespace

LogJournal read_journal(std::string_view bytes, const std::string& path) {
  if (!is_whole(bytes))
    throw InputError(path, "damaged: it is not the journal that a recorder wrote; without it the log opens as it is");
  LogJournal journal{.size = number_at<std::uint64_t>(bytes, 8), .pages = {}};
  for (std::size_t at = kHeader; at + kCheck < bytes.size(); at += kEntry)
    journal.pages.push_back({number_at<std::uint64_t>(bytes, at), bytes.substr(at + 8, kJournalPage)});
  return journal;
}

void finish_flush(const std::string& log) {
  const std::string journal = log + ".journal";
  for (int tries = 0; fs::exists(journal); ++tries) {
    if (const auto lock = lock_of(log)) {
      if (fs::exists(journal)) apply(log, journal);
      lock->remove();
      return;
    }
    if (tries == kTries) throw IoError(log, "cannot be read now: a recorder is writing it");
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace steq
