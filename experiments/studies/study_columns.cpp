// SPDX-License-Identifier: MIT
#include "experiments/studies/study_columns.hpp"

#include <algorithm>

#include "experiments/config/document_head.hpp"
#include "experiments/studies/study_pairs.hpp"
#include "experiments/studies/study_variants.hpp"
#include "plots/studies/study_figures.hpp"
#include "plots/studies/study_values.hpp"

namespace steq {
namespace {

/// Calls the pair by the name under which it is measured. False where it is not measured this time; reported where it
/// never is.
bool is_measured(const ConfigNode& node, const StudyPairs& pairs, std::string& pair) {
  if (const auto other = pairs.other_names.find(pair); other != pairs.other_names.end()) pair = other->second;
  if (std::ranges::find(pairs.known, pair) == pairs.known.end())
    node.refuse("a pair of this study, as \"" + pairs.known.front() + "\"" + suggestion(pair, pairs.known));
  return std::ranges::find(pairs.measured, pair) != pairs.measured.end();
}

/// The same of the pair that stands at the key of an object.
bool has_measured_pair(ConfigNode& item, const StudyPairs& pairs) {
  const ConfigNode node = item.at("of");
  std::string pair = node.json.is_string() ? node.json.get<std::string>() : "";
  const bool measured = is_measured(node, pairs, pair);
  if (measured) item.json["of"] = pair;
  return measured;
}

/// The elements of an array of objects that `keep(node)` keeps, as it leaves them.
template <class Keep>
Json filtered(const ConfigNode& node, const Keep& keep) {
  Json kept = Json::array();
  if (node.json.is_null()) return kept;
  if (!node.json.is_array()) return node.refuse("an array"), kept;
  for (std::size_t i = 0; i < node.json.size(); ++i)
    if (ConfigNode item = node.at(i); keep(item)) kept.push_back(item.json);
  return kept;
}

Json standard_columns(const StudyPairs& pairs) {
  Json columns = Json::array();
  for (const std::string& pair : pairs.standard) columns.push_back({{"title", pair}, {"of", pair}});
  return columns;
}

Json read_tables(const ConfigNode& node, const StudyPairs& pairs) {
  Json tables = filtered(node, [&](const ConfigNode& table) {
    read_object(table,
                {text_key("name", std::nullopt), text_key("caption", Value("")),
                 text_key("layout", Value("metrics"), {"metrics", "pairs"})},
                {"columns", "rows"});
    return table.json.is_object();
  });
  if (tables.empty()) tables.push_back({{"name", "comparisons"}, {"columns", Json()}});
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const ConfigNode columns = ConfigNode{tables, node.path, node.problems}.at(i).at("columns");
    tables[i]["columns"] =
        columns.json.is_null() ? standard_columns(pairs) : filtered(columns, [&](ConfigNode& column) {
          read_object(column, {text_key("title", std::nullopt), text_key("of", std::nullopt)});
          return has_measured_pair(column, pairs);
        });
  }
  std::erase_if(tables.get_ref<Json::array_t&>(), [](const Json& table) { return table["columns"].empty(); });
  return tables;
}

/// A quantity, "PAIR: NAME", at the key of an object; the pair must be measured.
bool has_quantity(ConfigNode& item, const char* key, const StudyPairs& pairs) {
  const ConfigNode node = item.at(key);
  const std::string text = node.json.is_string() ? node.json.get<std::string>() : "";
  const std::size_t colon = text.rfind(": ");
  if (colon == std::string::npos) return node.refuse("\"VARIANT: A / B: METRIC\""), false;
  std::string pair = text.substr(0, colon);
  const bool measured = is_measured({pair, node.path, node.problems}, pairs, pair);
  if (measured) item.json[key] = pair + text.substr(colon);
  return measured;
}

Json read_expectations(const ConfigNode& node, const StudyPairs& pairs) {
  const ParameterInfo least{.name = "at_least", .fallback = Value(-kInfinity)};
  const ParameterInfo most{.name = "at_most", .fallback = Value(kInfinity)};
  return filtered(node, [&](ConfigNode& item) {
    read_object(item, {text_key("value", std::nullopt), text_key("times", Value("")), least, most,
                       text_key("claim", Value("")), text_key("says", Value("")), text_key("source", Value(""))});
    return has_quantity(item, "value", pairs) && (!item.has("times") || has_quantity(item, "times", pairs));
  });
}

Json read_published(const ConfigNode& node, const StudyPairs& pairs) {
  const ParameterInfo value{.name = "value", .fallback = std::nullopt};
  return filtered(node, [&](ConfigNode& item) {
    read_object(
        item, {text_key("row", std::nullopt), text_key("of", std::nullopt), value, text_key("citation", std::nullopt)});
    return has_measured_pair(item, pairs);
  });
}

/// The study in full and with several seeds, which measures all that it can.
StudyConfig in_full(const ConfigNode& node, const StudyForm& form, StudyConfig study) {
  study.seeds = {1, 2};
  if (form.quick) study.variants = read_variants(node, {.quick = false, .data = form.data});
  return study;
}

Json read_figure(const ConfigNode& node, const StudyConfig& study) {
  if (node.json.is_null()) return nullptr;
  read_object(
      node,
      {text_key("type", std::nullopt, study_figure_names()), text_key("x", std::nullopt), text_key("by", std::nullopt)},
      {"titles", "mark"});
  for (const char* key : {"titles", "mark"})
    if (node.has(key) && !node.at(key).json.is_object())
      node.at(key).refuse("an object, with a key for each value of \"by\"");
  const Json config = resolved(variant_config(study, study.variants.front(), study.seeds.front()));
  for (const char* key : {"x", "by"})
    if (const Json& path = node.at(key).json; path.is_string() && !at_path(config, path.get<std::string>()))
      node.at(key).refuse("the path of a value in every config, as optimizer.learning_rate");
  return node.json;
}

}  // namespace

void read_columns(const ConfigNode& node, const StudyForm& form, StudyConfig& study) {
  const StudyPairs pairs = pairs_of(study, in_full(node, form, study));
  if (pairs.standard.empty())
    return node.at("variants").report("compare no learners; allowed: at least one comparison");
  study.tables = read_tables(node.at("tables"), pairs);
  study.published = read_published(node.at("published"), pairs);
  study.expect = read_expectations(form.quick ? node.at("quick").at("expect") : node.at("expect"), pairs);
  study.figure = read_figure(node.at("figure"), study);
}

}  // namespace steq
