// SPDX-License-Identifier: MIT
// The rest of a flush of the Python recorder that was cut off by a kill, beside its logs.h5: the pages of that file that
// the flush overwrites (docs/python.md; python/steq/records/journal.py writes it).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steq {

inline constexpr std::size_t kJournalPage = 4096;

struct LogJournal {
  std::uint64_t size = 0;  ///< of the file after the flush
  struct Page {
    std::uint64_t offset;
    std::string_view bytes;  ///< kJournalPage of them
  };
  std::vector<Page> pages;
};

/// Points into `bytes`, which must outlive it. Throws InputError naming `path` where the bytes are no whole journal.
LogJournal read_journal(std::string_view bytes, const std::string& path);

/// Does what LOG.journal says and removes it; does nothing where there is none. The log is then as the flush was to
/// leave it. A kill on the way leaves the journal, and nothing is lost. Throws IoError where a recorder writes the log
/// right now, or a file cannot be written, InputError where the journal is damaged.
void finish_flush(const std::string& log);

}  // namespace steq
