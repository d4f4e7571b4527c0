// SPDX-License-Identifier: MIT
#include "experiments/studies/claims.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plots/studies/study_values.hpp"
#include "plots/tables/numbers.hpp"

namespace steq {
namespace {

bool names_claim(const Json& expectation) { return expectation.is_object() && expectation.contains("claim"); }

/// "relu / identity: test_loss_a at most 0"
std::string demanded_text(const Json& expectation) {
  std::string text = expectation["value"].get<std::string>();
  for (const auto& [key, words] : {std::pair("at_least", "at least"), {"at_most", "at most"}})
    if (expectation.contains(key)) text += fmt::format(" {} {:.6g}", words, expectation[key].get<double>());
  if (expectation.contains("times")) text += " times " + expectation["times"].get<std::string>();
  return text;
}

/// What lies between 0 and the bound that a difference must keep; nothing of other quantities.
std::optional<double> margin_of(const Json& expectation) {
  const std::string value = expectation["value"];
  if (!value.ends_with("_difference") && !value.ends_with("soft_gap_a")) return std::nullopt;
  double margin = kInfinity;
  for (const char* key : {"at_least", "at_most"})
    if (expectation.contains(key)) margin = std::min(margin, std::abs(expectation[key].get<double>()));
  return margin;
}

Json claim_of(const Json& study, const Json& expectation) {
  const std::string quantity = expectation["value"];
  const std::size_t colon = quantity.rfind(": ");
  const std::vector<double> values = values_of(study, quantity.substr(0, colon), quantity.substr(colon + 2));
  Json claim{{"id", expectation["claim"]},
             {"claim", expectation.value("says", "")},
             {"source", expectation.value("source", "")},
             {"demanded", demanded_text(expectation)},
             {"measured", nullptr},
             {"verdict", expectation["holds"] == true ? "holds" : "fails"}};
  const auto spread = spread_of(values);
  if (!spread) return claim;
  claim["measured"] = {
      {"median", spread->median}, {"low", spread->low}, {"high", spread->high}, {"seeds", values.size()}};
  if (const auto margin = margin_of(expectation); margin && *margin < spread->high - spread->low)
    claim["verdict"] = "below noise";
  return claim;
}

std::string measured_text(const Json& measured) {
  if (measured.is_null()) return "undefined";
  const auto number = [&](const char* key) { return fmt::format("{:.4g}", measured[key].get<double>()); };
  if (measured["low"] == measured["high"]) return number("median");
  return fmt::format("{} [{}, {}]", number("median"), number("low"), number("high"));
}

}  // namespace

bool has_claims(const Json& document) {
  const Json expect = document.value("expect", Json::array());
  return std::any_of(expect.begin(), expect.end(), names_claim);
}

Json claims_of(const Json& study) {
  Json claims = Json::array();
  for (const Json& expectation : study["expectations"])
    if (names_claim(expectation)) claims.push_back(claim_of(study, expectation));
  return claims;
}

Table claims_table(const Json& claims) {
  Table table{
      .caption = "Published claims", .header = {"claim", "demanded", "measured", "seeds", "verdict"}, .rows = {}};
  for (const Json& claim : claims)
    table.rows.push_back({claim["id"], claim["demanded"], measured_text(claim["measured"]),
                          claim["measured"].is_null() ? "0" : fmt::format("{}", claim["measured"]["seeds"].get<int>()),
                          claim["verdict"]});
  return table;
}

}  // namespace steq
