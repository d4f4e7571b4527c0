// SPDX-License-Identifier: MIT
#include "experiments/config/stage_files.hpp"

#include <fmt/format.h>

namespace steq {
namespace {

constexpr std::string_view kStage = "stage:";

StageFile stage_file(NamedFile file) {
  const std::string named = file.text.substr(kStage.size());
  const std::size_t slash = named.find('/');
  const bool whole = slash != std::string::npos && slash > 0 && slash + 1 < named.size();
  if (!whole) return {std::move(file), "", ""};
  return {std::move(file), named.substr(0, slash), named.substr(slash + 1)};
}

}  // namespace

std::vector<StageFile> stage_files(const Json& config) {
  std::vector<StageFile> all;
  for (NamedFile& file : named_files(config))
    if (file.text.starts_with(kStage)) all.push_back(stage_file(std::move(file)));
  return all;
}

std::vector<Problem> refused_stage_files(const Json& config) {
  std::vector<Problem> problems;
  for (const StageFile& file : stage_files(config))
    problems.push_back(
        {file.place, fmt::format("{} is not allowed; allowed: the path of a file (stage:NAME/LEARNER is "
                                 "an earlier stage, which only a variant of a study with \"stages\" has)",
                                 shown(Json(file.text)))});
  return problems;
}

Json with_stage_files(Json config, const std::function<std::string(const StageFile& file)>& path_of) {
  for (const StageFile& file : stage_files(config)) config[file.at] = path_of(file);
  return config;
}

}  // namespace steq
