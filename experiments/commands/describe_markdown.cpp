// SPDX-License-Identifier: MIT
#include "experiments/commands/describe_markdown.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>

#include "experiments/commands/describe_estimator.hpp"
#include "sim/optimizers/optimizer.hpp"
#include "theory/assumptions/equivalence.hpp"
#include "theory/warnings.hpp"

namespace steq {
namespace {

using Cells = std::vector<std::string>;

constexpr const char* kCommand = "steq describe estimators --markdown --out docs/estimators";

/// A bar inside a cell would end it.
std::string cell(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += c == '|' ? "\\|" : std::string(1, c);
  return escaped;
}

std::string table(const std::vector<Cells>& rows) {
  std::string text;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (const std::string& column : rows[r]) text += "| " + cell(column) + " ";
    text += "|\n";
    for (std::size_t c = 0; r == 0 && c < rows[0].size(); ++c) text += "|---";
    if (r == 0) text += "|\n";
  }
  return text;
}

std::string number(double x) {
  if (std::isinf(x)) return x > 0 ? "infinite" : "-infinite";
  return fmt::format("{:.6g}", x);
}

std::string number(const std::optional<double>& x) { return x ? number(*x) : "none"; }

const char* yes_no(bool value) { return value ? "yes" : "no"; }

std::string code(const std::string& text) { return "`" + text + "`"; }
std::string block(const std::string& text) { return "```\n" + text + "\n```\n\n"; }

/// Of a parameter; or an example, where it has to be given.
std::string fallback(const ParameterInfo& info) {
  if (!info.instead_of.empty()) return "in place of " + code(info.instead_of);
  if (info.fallback) return code(to_text(*info.fallback));
  return info.example ? "required, as " + code(to_text(*info.example)) : "required";
}

std::string parameters(const PluginInfo& info) {
  std::vector<Cells> rows{{"parameter", "default", "allowed", "meaning"}};
  for (const ParameterInfo& p : info.parameters) rows.push_back({code(p.name), fallback(p), allowed(p), p.meaning});
  return rows.size() > 1 ? "## Parameters\n\n" + table(rows) + "\n" : "";
}

std::string properties(const Estimator& estimator) {
  const EstimatorTraits traits = estimator.traits();
  const EstimatorBounds bounds = estimator.bounds();
  return "## Properties\n\n" +
         table({{"property", "value"},
                {"q > 0 wherever the gradient passes, single points apart", yes_no(traits.positive)},
                {"the same shape in every bin", yes_no(traits.periodic)},
                {"continuous inside the range", yes_no(traits.smooth)},
                {"depends on the sign of the gradient", yes_no(traits.sign_dependent)},
                {"random", yes_no(traits.noisy)},
                {"depends on the other weights of the layer", yes_no(traits.layer_wide)},
                {"a weight takes up gradients of others", yes_no(traits.coupled)},
                {"lower bound of q on [-W, W]", number(bounds.lower)},
                {"upper bound of q on [-W, W]", number(bounds.upper)},
                {"Lipschitz constant of q, in 1 / weight", number(bounds.lipschitz)},
                {"no gradient where |w| exceeds", number(estimator.reach())}}) +
         "\n";
}

/// How an estimator reads a grid, then what that gives on every quantizer there is.
std::string quantizers(const EstimatorRegistry::Entry& entry, bool periodic) {
  std::string text = "## Which quantizers it fits\n\n";
  if (!entry.info.needs.empty())
    text += fmt::format(
        "The estimator needs the quantizer {}, whose grid parameters it reads. Below, that grid is taken to stand "
        "where it lies for weights as networks begin with them.\n\n",
        code(parse_spec(entry.info.needs, "grid").name));
  else
    text += periodic ? "The estimator fits every grid of equidistant levels: each bin has the same shape.\n\n"
                     : "The estimator fits every grid as it is: q is a function of w and the whole grid.\n\n";
  std::vector<Cells> rows{{"quantizer (range 1)", "thresholds", "alpha", "in the class"}};
  std::string warnings;
  for (const Spec& grid : grids_to_try(entry.info)) {
    const ShownEstimator subject = shown(entry, grid);
    const Equivalence equivalence = equivalence_of(*subject.estimator, HeavyBall{});
    rows.push_back({code(to_text(grid)), fmt::format("{}", subject.quantizer->grid().thresholds.size()),
                    number(equivalence.alpha), yes_no(equivalence.in_class)});
    for (const std::string& warning : estimator_warnings(*subject.estimator))
      warnings += fmt::format("- Warning, {}: {}.\n", code(to_text(grid)), warning);
  }
  return text + table(rows) + "\n" + (warnings.empty() ? "" : warnings + "\n");
}

/// What stands in a cell: the SPEC to write, or that there is none.
std::string here(const Elsewhere& other) { return other.here.empty() ? "none" : code(other.here); }

std::string elsewhere(const PluginInfo& info) {
  if (info.elsewhere.empty()) return "";
  std::vector<Cells> rows{{"library", "there", "here", "remark"}};
  for (const Elsewhere& other : info.elsewhere) rows.push_back({other.library, other.name, here(other), other.remark});
  return "## In other libraries\n\n" + table(rows) + "\n";
}

std::string closed_form(const Estimator& estimator) {
  const auto form = estimator.closed_form();
  if (!form || !equivalence_of(estimator, HeavyBall{}).alpha) return "";
  std::string values;
  for (const auto& [name, value] : form->symbols)
    values += fmt::format("{}{} = {:.7g}", values.empty() ? "" : ", ", name, value);
  return block(fmt::format("alpha = {}\nM(u)  = {}", form->alpha, form->map)) +
         fmt::format("u >= 0 and M are distances from the nearest threshold in units of delta{}{}.\n\n",
                     values.empty() ? "" : "; here ", values);
}

std::string verdict(const Estimator& estimator, const std::string& optimizer) {
  const Equivalence equivalence =
      equivalence_of(estimator, optimizer_registry().make({optimizer, {}}, "optimizer")->rule());
  std::string text =
      fmt::format("- **{}**: {} the class. Learning-rate factor of the STE: {}; its start: {}.\n", optimizer,
                  equivalence.in_class ? "in" : "not in", number(equivalence.learning_rate_factor),
                  !equivalence.maps_initialization ? "w0, unchanged"
                  : equivalence.alpha              ? "M(w0)"
                                                   : "none");
  for (const std::string& reason : equivalence.reasons) text += "  - " + reason + "\n";
  return text;
}

std::string equivalent(const Estimator& estimator) {
  return "## The STE that trains like it\n\n" + verdict(estimator, "sgd") + verdict(estimator, "adam") + "\n" +
         closed_form(estimator);
}

}  // namespace

std::string markdown_page(const EstimatorRegistry::Entry& entry) {
  const PluginInfo& info = entry.info;
  const ShownEstimator subject = shown(entry, parse_spec(shown_grid(info), "grid"));
  const Estimator& estimator = *subject.estimator;
  std::string text = fmt::format("# {}\n\n{}\n\n", info.name, info.summary);
  if (!info.convention.empty()) text += info.convention + "\n\n";
  text += block(info.formula) + fmt::format("![q, staircases and M of {}]({}.svg)\n\n", info.name, info.name);
  text += fmt::format(
      "*The figure shows {} on {}, and so do all numbers below where no other grid is named. On the left is q, in the "
      "middle the staircase whose slope is q, and the quantizer, on the right the map M. Thin lines are thresholds and "
      "levels.*\n\n",
      code(to_text(example_of(info))), code(shown_grid(info)));
  text += parameters(info) + properties(estimator) + quantizers(entry, estimator.traits().periodic) +
          equivalent(estimator) + elsewhere(info);
  return text + "## Source\n\n" + info.citation + "\n";
}

std::string markdown_index() {
  std::vector<Cells> rows{{"estimator", "", "alpha", "in the class"}};
  for (const auto& entry : estimator_registry().entries()) {
    const ShownEstimator subject = shown(entry, parse_spec(shown_grid(entry.info), "grid"));
    const Equivalence equivalence = equivalence_of(*subject.estimator, HeavyBall{});
    rows.push_back({fmt::format("[{0}]({0}.md)", entry.info.name), entry.info.summary, number(equivalence.alpha),
                    yes_no(equivalence.in_class)});
  }
  return fmt::format(
      "# Estimators\n\nThis table has all estimators with their defaults on {}, or on the quantizer that they need, "
      "under SGD. [Other libraries](other-libraries.md) says what they are called elsewhere. This page is written by "
      "{}.\n\n{}",
      code(kShownGrid), code(kCommand), table(rows));
}

std::string markdown_other_libraries() {
  std::map<std::string, std::vector<Cells>> libraries;
  for (const auto& entry : estimator_registry().entries())
    for (const Elsewhere& other : entry.info.elsewhere) {
      std::vector<Cells>& rows = libraries[other.library];
      if (rows.empty()) rows.push_back({"there", "here", "page", "remark"});
      rows.push_back({other.name, here(other), fmt::format("[{0}]({0}.md)", entry.info.name), other.remark});
    }
  std::string text = fmt::format(
      "# Estimators of other libraries\n\nThis page says what users of other libraries write here for the backward "
      "pass that they know. Each row was checked: the two multiply gradients by the same factors, but for what the "
      "remark says. This page is written by {}.\n\n",
      code(kCommand));
  for (const auto& [library, rows] : libraries) text += fmt::format("## {}\n\n", library) + table(rows) + "\n";
  return text +
         "## What they count\n\nThe frequency of oscillations that oscillations-qat tracks (`TrackOscillation`) stands "
         "in "
         "`tables/oscillation.csv` of every run: see [oscillation](../oscillation.md).\n";
}

}  // namespace steq
