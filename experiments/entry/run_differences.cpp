// SPDX-License-Identifier: MIT
#include "experiments/entry/run_differences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "experiments/config/config.hpp"
#include "experiments/config/named_files.hpp"
#include "records/build_info.hpp"
#include "records/differences.hpp"
#include "sim/core/parameters.hpp"

namespace steq {
namespace {

RunDifferences json_differences(const Json& then, const Json& now, const std::string& prefix) {
  const auto text = [](const std::optional<Json>& json) { return json ? shown(*json) : std::string("nothing"); };
  RunDifferences all;
  for (const SettingDifference& found : differences(then, now))
    all.push_back({prefix + found.path, text(found.a), text(found.b)});
  return all;
}

std::string file_name_of(const Json& file) {
  return std::filesystem::path(file.value("file", std::string())).filename().string();
}

/// Not by their places, which may be others than before.
Json in_order(Json files) {
  std::ranges::sort(files.get_ref<Json::array_t&>(), {}, [](const Json& file) {
    return std::pair(file_name_of(file), file.value("sha256", Json()).dump());
  });
  return files;
}

void add_files(Json then, Json now, const std::string& prefix, RunDifferences& all) {
  if (!then.is_array() || then.size() != now.size()) {
    all.push_back({prefix + "files", fmt::format("{} files", then.size()), fmt::format("{} files", now.size())});
    return;
  }
  then = in_order(std::move(then)), now = in_order(std::move(now));
  for (std::size_t i = 0; i < now.size(); ++i)
    if (const Json hash = then[i].value("sha256", Json()); hash != now[i]["sha256"])
      all.push_back({prefix + file_name_of(now[i]), "SHA-256 " + shown(hash), "SHA-256 " + shown(now[i]["sha256"])});
}

}  // namespace

Json settings_without_places(Json config) {
  if (!config.is_object()) return config;
  config = settings_of(std::move(config));
  if (const Json::json_pointer path("/data/path"); config.contains(path)) config[path] = "a file";
  for (const NamedFile& file : named_files(config)) config[file.at] = "a file";
  return config;
}

RunDifferences settings_differences(const Json& then, const Json& now, const std::string& prefix) {
  return json_differences(settings_without_places(then), settings_without_places(now), prefix);
}

RunDifferences build_differences_to(const Json& then) { return json_differences(then, build_json(), "build "); }

RunDifferences file_differences(const Json& then, const Json& now) {
  RunDifferences all;
  for (const std::string key : {"data", "init"}) add_files(then.value(key, Json::array()), now[key], key + " ", all);
  return all;
}

std::string told(const RunDifferences& differences) {
  constexpr std::size_t kShown = 3;
  std::vector<std::string> texts;
  for (const RunDifference& d : differences)
    if (texts.size() < kShown) texts.push_back(fmt::format("{}: {}, not {}", d.place, d.then, d.now));
  const std::size_t more = differences.size() - texts.size();
  return join(texts) + (more > 0 ? fmt::format(" and {} more", more) : "");
}

std::vector<Problem> as_problems(const RunDifferences& differences) {
  std::vector<Problem> problems;
  for (const RunDifference& d : differences)
    problems.push_back(
        {d.place, fmt::format("{} in the checkpoint, {} now; allowed: the same as before", d.then, d.now)});
  return problems;
}

}  // namespace steq
