// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "experiments/commands/commands.hpp"
#include "experiments/commands/failure.hpp"
#include "experiments/commands/interruption.hpp"
#include "experiments/commands/reproduce.hpp"
#include "experiments/studies/study_case_run.hpp"
#include "experiments/terminal/talk.hpp"

namespace steq {
namespace {

std::string title_of(const StudyCase& c) { return fmt::format("case {}, {}", c.index, c.name()); }

/// What a scheduler hears of the case.
int code_of(RunStatus status) {
  if (status == RunStatus::interrupted) return kInterrupted;
  return status == RunStatus::diverged ? kBreakdown : kDone;
}

void tell_end(const StudyCase& c, RunStatus status, const std::string& directory) {
  if (status == RunStatus::complete)
    fmt::print("{}, is complete: {}\n", title_of(c), directory);
  else if (status == RunStatus::diverged)
    remark(fmt::format("{}, diverged; what was recorded is in {}", title_of(c), directory));
  else
    remark(fmt::format("{}, was interrupted; the same command goes on from {}", title_of(c), directory));
}

int run_one(const StudyCase& c, const ReproduceArguments& arguments, const std::atomic<bool>& stop) {
  const StudyOptions options = options_for(*c.study, arguments);
  const PlannedCase planned = trainable_cases({c}, options).front();
  const RunStatus status = run_case(planned, {0, planned.runs.size()}, options, stop);
  tell_end(c, status, (options.directory / c.directory()).string());
  return code_of(status);
}

/// As run_one(), but what it throws is told.
int run_and_tell(const StudyCase& c, const ReproduceArguments& arguments, const std::atomic<bool>& stop) {
  try {
    return run_one(c, arguments, stop);
  } catch (const std::exception& error) {
    const Failure failure = failure_of(error);
    remark(fmt::format("{}: {}", title_of(c), failure.text));
    return failure.exit_code;
  }
}

/// The code of several cases: what a later attempt may cure comes first.
int worst_of(const std::vector<int>& codes) {
  for (const int code : {kInterrupted, kBusy, kInputOutput, kBadInput, kBreakdown})
    if (std::ranges::find(codes, code) != codes.end()) return code;
  return kDone;
}

struct Shard {
  std::size_t index = 0, count = 0;
};

Shard shard_of(const std::string& text) {
  Shard shard;
  const char *begin = text.data(), *end = begin + text.size();
  const auto [slash, first] = std::from_chars(begin, end, shard.index);
  if (first == std::errc() && slash != end && *slash == '/')
    if (const auto [rest, second] = std::from_chars(slash + 1, end, shard.count);
        second == std::errc() && rest == end && shard.index < shard.count)
      return shard;
  throw InputError("--shard", fmt::format("\"{}\" is not allowed; allowed: I/N, integers with 0 <= I < N", text));
}

int run_shard(const std::vector<StudyCase>& cases, const ReproduceArguments& arguments, const std::atomic<bool>& stop) {
  const Shard shard = shard_of(arguments.shard);
  std::vector<int> codes;
  for (std::size_t i = shard.index; i < cases.size(); i += shard.count) {
    codes.push_back(run_and_tell(cases[i], arguments, stop));
    if (codes.back() == kInterrupted) break;
  }
  if (codes.empty()) remark(fmt::format("shard {} is empty: there are {} cases", arguments.shard, cases.size()));
  return worst_of(codes);
}

Json json_of(const StudyCase& c) {
  return {{"index", c.index}, {"name", c.name()},       {"config_hash", config_hash(c)},
          {"seed", c.seed},   {"study", c.study->name}, {"variant", c.variant->name}};
}

}  // namespace

std::vector<StudyCase> cases_of(const std::vector<StudyConfig>& studies) {
  std::vector<StudyCase> all;
  for (const StudyConfig& study : studies)
    for (StudyCase& c : cases_in(study, all.size())) all.push_back(std::move(c));
  return all;
}

std::string cases_text(const std::vector<StudyCase>& cases, bool json) {
  Json list = Json::array();
  std::string lines;
  for (const StudyCase& c : cases) {
    list.push_back(json_of(c));
    lines += fmt::format("{}\t{}\t{}\t{}\t{}\n", c.index, c.name(), list.back()["config_hash"].get<std::string>(),
                         c.seed, c.study->name);
  }
  return json ? file_text(list) : lines;
}

int run_chosen(const std::vector<StudyCase>& cases, const ReproduceArguments& arguments) {
  const std::atomic<bool>& stop = heed_signals();
  if (!arguments.one_case) return run_shard(cases, arguments, stop);
  if (*arguments.one_case >= cases.size())
    throw InputError("--case",
                     fmt::format("{} is not allowed; allowed: an integer in [0, {}], as --list-cases has them",
                                 *arguments.one_case, cases.size() - 1));
  return run_one(cases[*arguments.one_case], arguments, stop);
}

}  // namespace steq
