// SPDX-License-Identifier: MIT
#include "plots/tables/verdict.hpp"

#include <fmt/format.h>

#include "plots/report/html.hpp"
#include "plots/report/sections/lead.hpp"
#include "plots/report/sections/sections.hpp"

namespace steq {
namespace {

/// What can be said of a pair that nobody declared equivalent.
std::string plain_sentence(const Json& comparison) {
  const Json& agreement = comparison.at("metrics").value("quantized_weight_agreement", Json(nullptr));
  if (!agreement.is_number()) return pair_name(comparison) + ": what their weights ended on is not known.";
  const double apart = 100 * (1 - agreement.get<double>());
  const Json& first = comparison.at("first_divergence");
  const std::string since =
      first.is_null() ? "they never part" : fmt::format("they part first at step {}", first.at("step").get<Step>());
  return fmt::format("{}: {:.4f} % of the weights end on different levels; {}. This pair is not declared equivalent.",
                     pair_name(comparison), apart, since);
}

}  // namespace

std::vector<std::string> lead_sentences(const ReportedRun& run) {
  std::vector<std::string> sentences;
  for (const std::string& sentence : verdicts({{"comparisons", run.comparisons()}}))
    sentences.push_back(sentence + ".");
  if (sentences.empty() && !run.main_pair().is_null()) sentences.push_back(plain_sentence(run.main_pair()));
  if (sentences.empty()) sentences.push_back("There are no two learners here that could be compared.");
  return sentences;
}

namespace sections {

std::optional<Section> verdict(const ReportedRun& run) {
  std::string html;
  for (const std::string& sentence : lead_sentences(run)) html += "<p class=\"lead\">" + escaped(sentence) + "</p>\n";
  return Section{"verdict", "Verdict", html};
}

std::optional<Section> sweep_verdicts(const Runs& runs) {
  std::string html = "<ul>\n";
  for (const auto& run : runs)
    html += fmt::format("<li><strong>{}</strong>: {}</li>\n", escaped(run->label()), escaped(lead_sentences(*run)[0]));
  return Section{"verdict", "Verdicts", html + "</ul>\n"};
}

}  // namespace sections
}  // namespace steq
