// SPDX-License-Identifier: MIT
#include "records/finished_flush.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <optional>
#include <thread>

#include "records/files.hpp"
#include "records/lock_file.hpp"
#include "records/log_journal.hpp"
#include "records/open_file.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

constexpr int kTries = 40;  // of a flush that goes on
constexpr auto kPause = std::chrono::milliseconds(50);

/// Names the journal, as other refusals do not.
class Unfinished : public IoError {
  using IoError::IoError;
};

[[noreturn]] void refuse_finish(const std::string& log, const std::string& why) {
  throw Unfinished(log,
                   fmt::format("a recorder was killed while it wrote, and the rest, in {}.journal, cannot be put in: "
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
  std::optional<OpenFile> opened;
  try {
    opened.emplace(log, O_RDWR | O_CLOEXEC);
  } catch (const IoError& error) {
    refuse_finish(log, error.what());
  }
  OpenFile& file = *opened;
  for (const LogJournal::Page& page : flush.pages) write_page(file, page, log);
  if (::ftruncate(file.descriptor(), static_cast<off_t>(flush.size)) != 0) refuse_finish(log, std::strerror(errno));
  file.flush();
  file.close();
  std::error_code error;
  if (!fs::remove(journal, error)) refuse_finish(log, error.message());
}

/// The recorder's, removed again.
struct RecorderLock {
  LockFile file;
  bool held;

  explicit RecorderLock(const std::string& log)
      : file((fs::path(log).parent_path() / "recorder.lock").string()), held(lock(log)) {}
  ~RecorderLock() {
    if (held) file.remove();
  }
  RecorderLock(const RecorderLock&) = delete;

 private:
  /// False where another process records, or has ended and removed the file in between.
  bool lock(const std::string& log) const {
    const int error = file.try_lock();
    if (error != 0 && error != EWOULDBLOCK) refuse_finish(log, std::strerror(error));
    return error == 0 && file.is_still_there();
  }
};

bool is_there(const std::string& journal) {
  std::error_code error;
  return fs::exists(journal, error);
}

/// False where a recorder is at work.
bool finished(const std::string& log, const std::string& journal) {
  try {
    const RecorderLock lock(log);
    if (lock.held && is_there(journal)) apply(log, journal);
    return lock.held;
  } catch (const Unfinished&) {
    throw;
  } catch (const IoError& error) {
    refuse_finish(log, error.what());
  }
}

}  // namespace

void finish_flush(const std::string& log) {
  const std::string journal = log + ".journal";
  for (int tries = 0; is_there(journal) && !finished(log, journal); ++tries) {
    if (tries == kTries) throw IoError(log, "cannot be read now: a recorder is writing it");
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace steq
