// SPDX-License-Identifier: MIT
#include "experiments/studies/study_variants.hpp"

#include <algorithm>

#include "experiments/config/document_head.hpp"
#include "experiments/studies/study_data.hpp"
#include "experiments/studies/study_set.hpp"
#include "experiments/studies/study_stages.hpp"

namespace steq {
namespace {

/// A variant without its stages, and its name before "vary" made several of it.
struct Expanded {
  std::string name;
  Json document;
  std::string listed_as;
  std::vector<ListedStage> stages;
};

/// The document that "base" is or names: the variant's own, or else the study's.
Json base_document(const ConfigNode& study, const ConfigNode& variant) {
  const ConfigNode base = variant.has("base") ? variant.at("base") : study.at("base");
  Json document = base.json;
  if (base.json.is_string()) collect(*study.problems, [&] { document = load_document(base.json.get<std::string>()); });
  if (document.is_object()) return document;
  if (!document.is_string()) base.refuse("a preset, a file or a config");
  return nullptr;
}

/// What stands in names of files for a value, as 0.001 or 1e30.
std::string name_of(const Json& value) {
  std::string name = value.is_string() ? value.get<std::string>() : value.dump();
  std::erase(name, '+');
  return name;
}

/// Every combination of the values of {PATH: [VALUE, ...], ...}.
std::vector<Expanded> vary(const ConfigNode& node, Expanded start) {
  std::vector<Expanded> all{std::move(start)};
  if (!node.has("vary")) return all;
  const ConfigNode axes = node.at("vary");
  if (!axes.json.is_object()) return axes.refuse("an object of PATH: [VALUE, ...]"), all;
  for (const auto& axis : axes.json.items()) {
    const std::string& path = axis.key();
    const Json& values = axis.value();
    if (!values.is_array() || values.empty()) {
      axes.at(path).refuse("an array of at least one value");
      continue;
    }
    std::vector<Expanded> next;
    for (const Expanded& variant : all)
      for (const Json& value : values) {
        next.push_back(variant);
        next.back().name += "-" + name_of(value);
        collect(*node.problems, [&] { apply_change(next.back().document, path, value, axes.path + "." + path); });
      }
    all = std::move(next);
  }
  return all;
}

std::vector<Expanded> read_variant(const ConfigNode& study, const ConfigNode& node) {
  if (!node.json.is_object()) return node.refuse("an object"), std::vector<Expanded>{};
  Values values = read_object(node, {text_key("name", std::nullopt)}, {"base", "set", "vary", "stages"});
  const std::string name = take<std::string>(values, "name");
  std::vector<ListedStage> stages = read_stages(node);
  Json document = base_document(study, node);
  if (document.is_null()) return {};
  apply_set(study, document);
  apply_set(node, document);
  return vary(node, {name, std::move(document), name, std::move(stages)});
}

/// Leaves those that "variants" of the quick form names.
void choose(const ConfigNode& quick, std::vector<Expanded>& all) {
  if (!quick.has("variants")) return;
  const ConfigNode chosen = quick.at("variants");
  std::vector<std::string> names, wanted;
  for (const Expanded& e : all) names.push_back(e.name);
  for (const Json& name : chosen.json.is_array() ? chosen.json : Json::array())
    wanted.push_back(name.is_string() ? name.get<std::string>() : "");
  if (wanted.empty()) return chosen.refuse("an array of names of variants");
  const auto is = [](const Expanded& e, const std::string& name) { return e.name == name || e.listed_as == name; };
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (std::ranges::none_of(all, [&](const Expanded& e) { return is(e, wanted[i]); }))
      chosen.at(i).refuse("the name of a variant: " + join(names) + suggestion(wanted[i], names));
  std::erase_if(all, [&](const Expanded& e) {
    return std::ranges::none_of(wanted, [&](const std::string& name) { return is(e, name); });
  });
}

void check_names(const ConfigNode& variants, const std::vector<Expanded>& all) {
  std::vector<std::string> seen;
  for (const Expanded& variant : all) {
    if (std::ranges::find(seen, variant.name) != seen.end())
      variants.report(fmt::format("\"{}\" is the name of two variants; allowed: names of their own", variant.name));
    seen.push_back(variant.name);
  }
}

/// With all that applies to every run.
StudyVariant made_variant(const ConfigNode& study, const StudyForm& form, const Expanded& expanded) {
  StudyVariant variant{expanded.name, stages_of(expanded.stages, expanded.document)};
  for (auto& [name, document] : variant.stages) {
    if (form.quick) apply_set(study.at("quick"), document);
    locate_data(document, form.data);
    apply_overrides(document, form.overrides);
    document["name"] = name.empty() ? variant.name : variant.name + "-" + name;
  }
  return variant;
}

}  // namespace

std::vector<StudyVariant> read_variants(const ConfigNode& study, const StudyForm& form) {
  const ConfigNode node = study.at("variants");
  if (!node.json.is_array() || node.json.empty())
    return node.refuse("an array of at least one variant"), std::vector<StudyVariant>{};
  std::vector<Expanded> all;
  for (std::size_t i = 0; i < node.json.size(); ++i)
    for (Expanded& e : read_variant(study, node.at(i))) all.push_back(std::move(e));
  check_names(node, all);
  if (form.quick) choose(study.at("quick"), all);
  std::vector<StudyVariant> variants;
  for (const Expanded& e : all) variants.push_back(made_variant(study, form, e));
  return variants;
}

}  // namespace steq
