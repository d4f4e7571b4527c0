// SPDX-License-Identifier: MIT
#include "records/log_journal.hpp"

#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "sim/core/errors.hpp"

namespace steq {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::string_view kMagic = "STEQJRN1";
constexpr std::size_t kHeader = 24, kEntry = 8 + kJournalPage, kCheck = 4;  // bytes
constexpr std::uint64_t kLargest = std::uint64_t{1} << 50;                  // bytes of a log

template <class T>
T number_at(std::string_view bytes, std::size_t offset) {
  T number{};
  std::memcpy(&number, bytes.data() + offset, sizeof number);
  return number;
}

/// Pages of a file of that size, which is none that no system could hold.
bool fits(const LogJournal& journal) {
  return journal.size > 0 && journal.size < kLargest && std::ranges::all_of(journal.pages, [&](const auto& page) {
           return page.offset % kJournalPage == 0 && page.offset < journal.size + kJournalPage;
         });
}

bool is_whole(std::string_view bytes) {
  if (bytes.size() < kHeader + kCheck || !bytes.starts_with(kMagic)) return false;
  const std::size_t body = bytes.size() - kCheck;
  const auto crc = static_cast<std::uint32_t>(
      ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<z_size_t>(body)));
  return (body - kHeader) % kEntry == 0 && (body - kHeader) / kEntry == number_at<std::uint64_t>(bytes, 16) &&
         crc == number_at<std::uint32_t>(bytes, body);
}

}  // namespace

LogJournal read_journal(std::string_view bytes, const std::string& path) {
  if (!is_whole(bytes))
    throw InputError(path, "damaged: it is not the journal that a recorder wrote; without it the log opens as it is");
  LogJournal journal{.size = number_at<std::uint64_t>(bytes, 8), .pages = {}};
  for (std::size_t at = kHeader; at + kCheck < bytes.size(); at += kEntry)
    journal.pages.push_back({number_at<std::uint64_t>(bytes, at), bytes.substr(at + 8, kJournalPage)});
  if (!fits(journal)) throw InputError(path, "damaged: pages that lie outside of a log");
  return journal;
}

}  // namespace steq
