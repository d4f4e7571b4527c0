// SPDX-License-Identifier: MIT
// A paragraph for a paper, made from the config, and what to cite.
#include <fmt/format.h>

#include "plots/report/html.hpp"
#include "plots/report/references.hpp"
#include "plots/report/sections.hpp"

namespace steq {
namespace {

/// "uniform (bits 2, range fan-in)"; zeros and falses, which switch options off, are left out.
std::string plugin_text(const Json& spec, const char* name_key) {
  if (!spec.is_object()) return number_text(spec);
  std::vector<std::string> options;
  for (const auto& [key, value] : spec.items()) {
    const bool off = value.is_structured() || value == 0 || value == false || value == Json("");
    if (key != name_key && key != "learning_rate" && key != "path" && !off)
      options.push_back(key + " " + (value.is_string() ? value.get<std::string>() : value.dump()));
  }
  const std::string name = spec.value(name_key, "a network given layer by layer");
  return options.empty() ? name : fmt::format("{} ({})", name, join(options));
}

std::string learner_text(const Json& learner) {
  std::string text = fmt::format("\"{}\" with {}", learner.at("name").get<std::string>(),
                                 plugin_text(learner.at("estimator"), "type"));
  if (const Json partner = learner.value("equivalent_to", Json(nullptr)); partner.is_string())
    text += fmt::format(", set up as the equivalent of \"{}\"", partner.get<std::string>());
  if (const double scale = learner.value("learning_rate_scale", 1.0); scale != 1)
    text += fmt::format(", its learning rate multiplied by {}", scale);
  if (const int ulps = learner.value("ulps", 0); ulps != 0)
    text += fmt::format(", its start moved by {} unit(s) in the last place in one weight of each tensor", ulps);
  if (learner.value("rounding", false))
    text += ", every pre-activation moved by -1, 0 or 1 unit in the last place at random";
  return text;
}

std::string length_text(const Json& config, const StoredRun& run) {
  if (!config.contains("epochs")) return fmt::format("for {} steps", run.steps());
  return fmt::format("for {} epochs ({} steps)", config["epochs"].dump(), run.steps());
}

std::string methods_text(const Json& config, const StoredRun& run) {
  std::string text = fmt::format(
      "We trained {} on {} {} with {} (peak learning rate {}, schedule {}), batches of {}, seed {}, in {} precision; "
      "initial weights: {}. Weights were quantized with {}.",
      plugin_text(config.at("model"), "type"), plugin_text(config.at("data"), "dataset"), length_text(config, run),
      plugin_text(config.at("optimizer"), "type"), config["optimizer"].at("learning_rate").dump(),
      plugin_text(config["optimizer"].at("schedule"), "type"), config.at("batch_size").dump(), config.at("seed").dump(),
      config.at("precision").get<std::string>(), plugin_text(config.at("init"), "scheme"),
      plugin_text(config.at("quantizer"), "type"));
  text += " The learners were trained in lockstep, on the same batches and with the same random numbers: ";
  std::vector<std::string> learners;
  for (const Json& learner : config.at("learners")) learners.push_back(learner_text(learner));
  for (std::size_t i = 0; i < learners.size(); ++i) text += (i ? "; " : "") + learners[i];
  return text +
         ". Every change of a quantized weight's level was recorded, and all metrics were computed from that "
         "record with steq.";
}

Section methods_section(const std::string& text, const std::vector<std::string>& citations) {
  return {"methods", "Methods and citations",
          paragraph(text) + folded("BibTeX", preformatted(bibtex(citations))) +
              paragraph("The entries are those of the paper, of steq, and of the methods that were used here.")};
}

}  // namespace

namespace sections {

std::optional<Section> methods(const ReportedRun& run) {
  const Json& config = run.stored().config();
  if (!config.is_object()) return std::nullopt;
  return methods_section(methods_text(config, run.stored()), run.facts().citations);
}

std::optional<Section> sweep_methods(const Runs& runs) {
  const Json& config = runs[0]->stored().config();
  if (!config.is_object()) return std::nullopt;
  std::vector<std::string> citations;
  for (const auto& run : runs)
    citations.insert(citations.end(), run->facts().citations.begin(), run->facts().citations.end());
  return methods_section(fmt::format("The first of the {} runs ({}): {} The others differ from it in the settings of "
                                     "the table above.",
                                     runs.size(), runs[0]->label(), methods_text(config, runs[0]->stored())),
                         citations);
}

}  // namespace sections
}  // namespace steq
