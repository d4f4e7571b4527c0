// SPDX-License-Identifier: MIT
#include "experiments/commands/describe_metrics.hpp"

#include "sim/metrics/registry.hpp"

namespace steq {
namespace {

const char* const kIntroduction =
    "# Metrics\n\n"
    "These metrics are what `summary.json` and the tables say of two learners a and b, in this order. M is "
    "the weight map where b is declared the STE equivalent of a under an optimizer that needs it, and the "
    "identity elsewhere; W is half the width of a layer's range, delta the distance between its levels. Sums "
    "and shares go over all quantized weights. A metric that is undefined is `null` in JSON and \"undefined\" "
    "in tables. [Reading a report](reading-a-report.md#numbers-that-mislead) says which of them to look at, "
    "and when they mislead.\n\n"
    "This page is written by `steq describe metrics --markdown --out docs`.\n\n";

std::string section(const PluginInfo& info) {
  std::string text = fmt::format("## {}\n\n{}\n\n", info.name, info.summary);
  if (!info.formula.empty()) text += "```\n" + info.formula + "\n```\n\n";
  return info.citation.empty() ? text : text + "Source: " + info.citation + "\n\n";
}

}  // namespace

std::string metrics_markdown(const std::optional<std::string>& name) {
  if (name && !metric_registry().find(*name)) throw InputError("describe metrics", metric_registry().unknown(*name));
  std::string text = name ? "" : kIntroduction;
  for (const auto& entry : metric_registry().entries())
    if (!name || entry.info.name == *name) text += section(entry.info);
  text.pop_back();  // one line break at the end
  return text;
}

}  // namespace steq
