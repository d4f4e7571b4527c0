// SPDX-License-Identifier: MIT
#include "experiments/studies/missing_cases.hpp"

#include <fmt/format.h>

#include "records/run_directory.hpp"

namespace steq {
namespace {

std::string what_is_there(const PlannedRun& run, const std::string& writer) {
  if (!writer.empty()) return "is under way (" + writer + ")";
  switch (run.state) {
    case RunState::none:
      return "is missing";
    case RunState::cut_off:
      return "failed or was cut off before its first checkpoint";
    case RunState::saved:
    case RunState::replacing:
      return "failed or was cut off; its checkpoint is there";
    case RunState::interrupted:
      return "was stopped; its checkpoint is there";
    default:
      return "is not finished";
  }
}

}  // namespace

MissingCase missing_case(const StudyCase& c, const PlannedRun& absent, const StudyOptions& options) {
  const std::string stage = absent.stage.empty() ? "" : fmt::format("stage {} ", absent.stage);
  return {c.index, c.name(), stage + what_is_there(absent, writer_of(options.directory / absent.directory))};
}

std::string index_ranges(const std::vector<std::size_t>& indices) {
  std::string text;
  for (std::size_t begin = 0, end = 0; begin < indices.size(); begin = end) {
    for (end = begin + 1; end < indices.size() && indices[end] == indices[end - 1] + 1;) ++end;
    text += fmt::format("{}{}", text.empty() ? "" : ",", indices[begin]);
    if (end - begin > 1) text += fmt::format("-{}", indices[end - 1]);
  }
  return text;
}

}  // namespace steq
