// SPDX-License-Identifier: MIT
#include "experiments/studies/study_columns.hpp"

#include <algorithm>

#include "experiments/config/document_head.hpp"
#include "experiments/studies/study_variants.hpp"
#include "plots/studies/study_figures.hpp"
#include "plots/studies/study_values.hpp"

namespace steq {
namespace {

/// Which pairs the study as it will run measures, and which it measures in full.
struct Pairs {
  std::vector<std::string> measured, known;
};

/// False where the pair is not measured this time; reported where it never is.
bool is_measured(const ConfigNode& node, const Pairs& pairs) {
  const std::string pair = node.json.is_string() ? node.json.get<std::string>() : "";
  if (std::ranges::find(pairs.known, pair) == pairs.known.end())
    node.refuse("a pair of this study, as \"" + pairs.known.front() + "\"" + suggestion(pair, pairs.known));
  return std::ranges::find(pairs.measured, pair) != pairs.measured.end();
}

/// The elements of an array of objects that `keep(node)` keeps.
template <class Keep>
Json filtered(const ConfigNode& node, const Keep& keep) {
  Json kept = Json::array();
  if (node.json.is_null()) return kept;
  if (!node.json.is_array()) return node.refuse("an array"), kept;
  for (std::size_t i = 0; i < node.json.size(); ++i)
    if (const ConfigNode item = node.at(i); keep(item)) kept.push_back(item.json);
  return kept;
}

/// All that is measured, a column each.
Json all_columns(const Pairs& pairs) {
  Json columns = Json::array();
  for (const std::string& pair : pairs.measured) columns.push_back({{"title", pair}, {"of", pair}});
  return columns;
}

Json read_tables(const ConfigNode& node, const Pairs& pairs) {
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
        columns.json.is_null() ? all_columns(pairs) : filtered(columns, [&](const ConfigNode& column) {
          read_object(column, {text_key("title", std::nullopt), text_key("of", std::nullopt)});
          return is_measured(column.at("of"), pairs);
        });
  }
  std::erase_if(tables.get_ref<Json::array_t&>(), [](const Json& table) { return table["columns"].empty(); });
  return tables;
}

/// A quantity, "PAIR: NAME"; the pair must be measured.
bool is_quantity(const ConfigNode& node, const Pairs& pairs) {
  const std::string text = node.json.is_string() ? node.json.get<std::string>() : "";
  const std::size_t colon = text.rfind(": ");
  if (colon == std::string::npos) return node.refuse("\"VARIANT: A / B: METRIC\""), false;
  return is_measured({text.substr(0, colon), node.path, node.problems}, pairs);
}

Json read_expectations(const ConfigNode& node, const Pairs& pairs) {
  const ParameterInfo least{.name = "at_least", .fallback = Value(-kInfinity)};
  const ParameterInfo most{.name = "at_most", .fallback = Value(kInfinity)};
  return filtered(node, [&](const ConfigNode& item) {
    read_object(item, {text_key("value", std::nullopt), text_key("times", Value("")), least, most});
    return is_quantity(item.at("value"), pairs) && (!item.has("times") || is_quantity(item.at("times"), pairs));
  });
}

Json read_published(const ConfigNode& node, const Pairs& pairs) {
  const ParameterInfo value{.name = "value", .fallback = std::nullopt};
  return filtered(node, [&](const ConfigNode& item) {
    read_object(
        item, {text_key("row", std::nullopt), text_key("of", std::nullopt), value, text_key("citation", std::nullopt)});
    return is_measured(item.at("of"), pairs);
  });
}

/// The pairs that the study can measure, in full and with several seeds.
std::vector<std::string> pairs_in_full(const ConfigNode& node, const StudyForm& form, StudyConfig study) {
  study.seeds = {1, 2};
  if (form.quick) study.variants = read_variants(node, {.quick = false, .data = form.data});
  return measured_pairs(study);
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

std::vector<std::string> measured_pairs(const StudyConfig& study) {
  std::vector<std::string> pairs;
  for (const StudyVariant& variant : study.variants) {
    const ExperimentConfig config = read_config(variant.document, study.file);
    for (const auto& [a, b] : config.compare) pairs.push_back(fmt::format("{}: {} / {}", variant.name, a, b));
    if (!config.compare.empty() && study.seeds.size() > 1)
      pairs.push_back(fmt::format("{}: {} / other seed", variant.name, config.compare.front().first));
  }
  return pairs;
}

void read_columns(const ConfigNode& node, const StudyForm& form, StudyConfig& study) {
  const Pairs pairs{measured_pairs(study), pairs_in_full(node, form, study)};
  if (pairs.measured.empty())
    return node.at("variants").report("compare no learners; allowed: at least one comparison");
  study.tables = read_tables(node.at("tables"), pairs);
  study.published = read_published(node.at("published"), pairs);
  study.expect = read_expectations(form.quick ? node.at("quick").at("expect") : node.at("expect"), pairs);
  study.figure = read_figure(node.at("figure"), study);
}

}  // namespace steq
