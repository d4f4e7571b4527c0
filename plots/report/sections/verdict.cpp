// SPDX-License-Identifier: MIT
#include "plots/tables/verdict.hpp"

#include <fmt/format.h>

#include "plots/report/html.hpp"
#include "plots/report/sections.hpp"
#include "plots/report/sections/lead.hpp"
#include "plots/tables/chance.hpp"
#include "plots/tables/failed_assumptions.hpp"
#include "plots/tables/noise_floor.hpp"
#include "plots/tables/share_text.hpp"

namespace steq {
namespace {

/// What can be said of a pair that nobody declared equivalent; `comparison` is that of the main pair.
std::string plain_sentence(const ReportedRun& run, const Json& comparison) {
  const auto levels = different_levels(comparison);
  if (!levels) return pair_name(comparison) + ": what their weights ended on is not known.";
  const Json& first = comparison.at("first_divergence");
  const std::string since = first.is_null()
                                ? "they never diverge"
                                : fmt::format("they diverge first at step {}", first.at("step").get<Step>());
  std::string verdict = verdict_on(run.comparisons(), comparison["a"], comparison["b"]);
  if (verdict.empty())
    verdict =
        fmt::format("{}: {} end on different levels", pair_name(comparison), share_text(*levels, " of the weights"));
  return fmt::format("{}; {}. This pair is not declared equivalent.", verdict, since);
}

std::string lead(const std::vector<std::string>& sentences, const char* look) {
  std::string html;
  for (const std::string& sentence : sentences)
    html += fmt::format("<p class=\"{}\">{}</p>\n", look, escaped(sentence));
  return html;
}

}  // namespace

std::vector<std::string> lead_sentences(const ReportedRun& run) {
  std::vector<std::string> sentences;
  for (const std::string& sentence : verdicts({{"comparisons", run.comparisons()}}))
    sentences.push_back(sentence + ".");
  if (sentences.empty() && !run.main_pair().is_null()) sentences.push_back(plain_sentence(run, run.main_pair()));
  if (sentences.empty()) sentences.push_back("There are no two learners here that could be compared.");
  return sentences;
}

std::vector<std::string> caution_sentences(const ReportedRun& run) {
  std::vector<std::string> sentences;
  for (const std::string& sentence : failed_assumptions(run.facts().check)) sentences.push_back(sentence + ".");
  const Json& summary = run.stored().summary();
  if (const std::string chance = summary.is_object() ? chance_sentence(summary) : ""; !chance.empty())
    sentences.push_back(chance + ".");
  return sentences;
}

namespace sections {

std::optional<Section> verdict(const ReportedRun& run) {
  return Section{"verdict", "Verdict",
                 lead(lead_sentences(run), "lead") + lead(caution_sentences(run), "lead caution")};
}

std::optional<Section> sweep_verdicts(const Runs& runs) {
  std::string html = "<ul>\n";
  for (const auto& run : runs) {
    std::vector<std::string> sentences = lead_sentences(*run);
    for (std::string& sentence : caution_sentences(*run)) sentences.push_back(std::move(sentence));
    html += fmt::format("<li><strong>{}</strong>: {}</li>\n", escaped(run->label()),
                        escaped(fmt::format("{}", fmt::join(sentences, " "))));
  }
  return Section{"verdict", "Verdicts", html + "</ul>\n"};
}

}  // namespace sections
}  // namespace steq
