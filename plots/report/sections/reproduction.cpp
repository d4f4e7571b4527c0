// SPDX-License-Identifier: MIT
// The exact command, and the config that it needs.
#include <fmt/format.h>

#include <algorithm>

#include "plots/report/html.hpp"
#include "plots/report/sections.hpp"

namespace steq {
namespace {

/// Empty where the run has no config.
std::string recipe(const ReportedRun& run) {
  const Json& config = run.stored().config();
  if (!config.is_object()) return "";
  std::string name = run.label();
  std::ranges::replace(name, '/', '-');
  const std::string file = name + ".json";
  return "<p>Save " + download(file, "application/json", file_text(config)) +
         ", in which nothing is left to "
         "defaults, and run:</p>\n" +
         preformatted(fmt::format("steq run {} --out {}", file, name));
}

std::string build_sentence(const Json& manifest) {
  if (!manifest.is_object()) return "";
  return fmt::format(
      "The same config gives the same bits with steq {} at commit {}, built by {} for {}, whatever the "
      "number of threads.",
      manifest.value("steq", "?"), manifest.value("git_commit", "?"), manifest.value("compiler", "?"),
      manifest.value("instruction_set", "?"));
}

}  // namespace

namespace sections {

std::optional<Section> reproduction(const ReportedRun& run) {
  const std::string html = recipe(run);
  if (html.empty()) return std::nullopt;
  return Section{"reproduce", "Reproduce it",
                 html + paragraph(build_sentence(run.stored().manifest())) +
                     folded("The config", preformatted(run.stored().config().dump(2)))};
}

std::optional<Section> sweep_reproduction(const Runs& runs) {
  std::string html;
  for (const auto& run : runs) html += recipe(*run);
  if (html.empty()) return std::nullopt;
  return Section{"reproduce", "Reproduce them", html};
}

}  // namespace sections
}  // namespace steq
