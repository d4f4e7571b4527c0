// SPDX-License-Identifier: MIT
#include "experiments/studies/mixed_cases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "experiments/entry/run_differences.hpp"
#include "experiments/studies/study_plan.hpp"
#include "records/build_info.hpp"
#include "records/files.hpp"
#include "records/json_text.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

/// Something on which the bits of a run depend, beside its config.
struct Fact {
  std::string name;  ///< "build compiler", "data FILE"
  std::string of;    ///< the dataset to which a file belongs, as the config has it
  std::string value;
};

bool is_of_stage(const PlannedRun& run, const std::string& file) {
  const auto ends_as = [&](const StageSource& source) {
    const std::string name = fs::path(source.file).filename().string();
    return file.ends_with(source.directory + "/weights/" + name);
  };
  return std::ranges::any_of(run.sources, ends_as);
}

std::vector<Fact> facts_of(const PlannedRun& run, const fs::path& directory) {
  const std::string file = (directory / run.directory / "manifest.json").string();
  const Json manifest = parse_json(read_file(file), file), build = build_json();
  std::vector<Fact> facts;
  for (const auto& [key, value] : build.items())
    facts.push_back({"build " + key, "", shown(manifest.value(key, Json()))});
  const auto add = [&](const std::string& name, const std::string& of, const Json& entry) {
    facts.push_back({name, of, "SHA-256 " + shown(entry.value("sha256", Json()))});
  };
  for (const Json& entry : manifest.value("data", Json::array()))
    add("data " + fs::path(entry.value("file", "")).filename().string(), to_text(run.config.data.dataset), entry);
  for (const Json& entry : manifest.value("init", Json::array()))
    if (const std::string path = entry.value("file", ""); !is_of_stage(run, path)) add("init " + path, "", entry);
  return facts;
}

/// By name and dataset: the value and the run in which it was first seen.
using SeenFacts = std::map<std::pair<std::string, std::string>, std::pair<std::string, std::string>>;

/// What is new is seen from now on.
RunDifferences differences_to(SeenFacts& seen, const std::vector<Fact>& facts, const std::string& directory) {
  RunDifferences differences;
  for (const Fact& fact : facts) {
    const auto& [first, where] = seen.try_emplace({fact.name, fact.of}, fact.value, directory).first->second;
    if (fact.value != first) differences.push_back({fact.name, fact.value, fmt::format("{} as in {}", first, where)});
  }
  return differences;
}

}  // namespace

void require_one_origin(const std::vector<StudyCase>& cases, const StudyOptions& options) {
  SeenFacts seen;
  std::vector<Problem> problems;
  for (const PlannedCase& planned : planned_cases(cases, options))
    for (const PlannedRun& run : planned.runs) {
      if (!run.complete) continue;
      const RunDifferences found = differences_to(seen, facts_of(run, options.directory), run.directory);
      if (!found.empty())
        problems.push_back({(options.directory / run.directory).string(),
                            fmt::format("was made otherwise than cases before it ({}); allowed: cases of one build on "
                                        "machines of one kind, from the same files; --case {} --force makes it anew",
                                        told(found), planned.of.index)});
    }
  throw_if_any(problems);
}

}  // namespace steq
