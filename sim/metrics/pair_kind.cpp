// SPDX-License-Identifier: MIT
#include "sim/metrics/pair_kind.hpp"

#include <algorithm>
#include <array>

namespace steq {
namespace {

struct Entry {
  PairKind kind;
  std::string text;
  bool control;
};

const std::array<Entry, 6>& entries() {
  static const std::array<Entry, 6> all{{{PairKind::equivalent, "equivalent", false},
                                         {PairKind::identical, "identical", true},
                                         {PairKind::rounding, "rounding", true},
                                         {PairKind::one_ulp, "one-ulp", true},
                                         {PairKind::jitter, "jitter", true},
                                         {PairKind::other, "other", false}}};
  return all;
}

const Entry& entry_of(PairKind kind) { return *std::ranges::find(entries(), kind, &Entry::kind); }

}  // namespace

const std::string& to_text(PairKind kind) { return entry_of(kind).text; }

std::optional<PairKind> pair_kind(const std::string& text) {
  const auto found = std::ranges::find(entries(), text, &Entry::text);
  return found == entries().end() ? std::nullopt : std::optional(found->kind);
}

const std::vector<PairKind>& pair_kinds() {
  static const std::vector<PairKind> kinds = [] {
    std::vector<PairKind> all;
    for (const Entry& entry : entries()) all.push_back(entry.kind);
    return all;
  }();
  return kinds;
}

bool is_control(PairKind kind) { return entry_of(kind).control; }

std::vector<std::string> pair_kind_names() {
  std::vector<std::string> names;
  for (const Entry& entry : entries()) names.push_back(entry.text);
  return names;
}

}  // namespace steq
