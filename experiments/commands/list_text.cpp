// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "experiments/commands/list.hpp"
#include "plots/tables/text_table.hpp"
#include "plots/tables/wrapped.hpp"
#include "sim/core/notation.hpp"

namespace steq {
namespace {

constexpr std::size_t kVerdictIndent = 4;

std::string size_text(std::uintmax_t bytes) {
  constexpr const char* kUnits[] = {"B", "kB", "MB", "GB", "TB"};
  auto size = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; size >= 999.5 && unit + 1 < std::size(kUnits); ++unit) size /= 1000;
  return unit == 0 ? fmt::format("{} B", bytes) : fmt::format("{:.3g} {}", size, kUnits[unit]);
}

/// On one line, and nothing that a terminal takes for a command.
std::string printable(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
  return text;
}

Row row_of(const ListedRun& run) {
  return {printable(run.directory),
          run.kind,
          run.state,
          run.step ? std::to_string(*run.step) : "",
          run.learners.empty() ? "" : std::to_string(run.learners.size()),
          size_text(run.bytes)};
}

}  // namespace

/// Verdicts stand below their runs, because no column would hold them.
std::string list_text(const std::vector<ListedRun>& runs) {
  if (runs.empty()) return "There are no runs here.\n";
  std::vector<Row> rows{{"directory", "kind", "state", "steps", "learners", "size"}};
  for (const ListedRun& run : runs) rows.push_back(row_of(run));
  const std::string table = aligned(rows);
  std::string text;
  for (std::size_t begin = 0, line = 0; begin < table.size(); ++line) {
    const std::size_t end = table.find('\n', begin) + 1;
    text += table.substr(begin, end - begin);
    if (line > 0 && !runs[line - 1].verdict.empty())
      text += wrapped(std::string(kVerdictIndent, ' '), runs[line - 1].verdict + ".", kVerdictIndent);
    begin = end;
  }
  return text;
}

Json list_json(const std::vector<ListedRun>& runs) {
  Json list = Json::array();
  for (const ListedRun& run : runs)
    list.push_back({{"directory", run.directory},
                    {"kind", run.kind},
                    {"state", run.state},
                    {"step", run.step ? Json(*run.step) : Json(nullptr)},
                    {"learners", run.learners},
                    {"verdict", run.verdict.empty() ? Json(nullptr) : Json(run.verdict)},
                    {"bytes", run.bytes}});
  return list;
}

}  // namespace steq
