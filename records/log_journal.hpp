// SPDX-License-Identifier: MIT
// The rest of a flush of the Python recorder that was cut off by a kill, beside its logs.h5: the pages of that file that
// the flush overwrites (docs/logs.md; python/steq/records/journal.py writes it).
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

}  // namespace steq
