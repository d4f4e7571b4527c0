// SPDX-License-Identifier: MIT
#include "experiments/studies/study_config.hpp"

#include <algorithm>
#include <numeric>

#include "experiments/config/document_head.hpp"
#include "experiments/studies/study_columns.hpp"
#include "experiments/studies/study_stages.hpp"
#include "experiments/studies/study_variants.hpp"

namespace steq {
namespace {

const std::vector<std::string> kSections{"base",   "set",    "seeds",     "variants", "quick",
                                         "tables", "figure", "published", "expect"};

std::vector<std::uint64_t> read_seeds(const ConfigNode& node) {
  std::vector<std::uint64_t> seeds;
  for (const Json& seed : node.json.is_array() ? node.json : Json::array())
    if (seed.is_number_unsigned() && std::ranges::find(seeds, seed.get<std::uint64_t>()) == seeds.end())
      seeds.push_back(seed.get<std::uint64_t>());
  if (seeds.empty() || seeds.size() != node.json.size())
    node.refuse("an array of at least one seed, integers >= 0 that differ");
  return seeds;
}

/// Those of the form, else of "quick" in the quick form, else of the study.
std::vector<std::uint64_t> seeds_of(const ConfigNode& node, const StudyForm& form) {
  if (form.seeds) {
    std::vector<std::uint64_t> seeds(*form.seeds);
    std::iota(seeds.begin(), seeds.end(), 1);
    return seeds;
  }
  const bool quick = form.quick && node.at("quick").has("seeds");
  return read_seeds(quick ? node.at("quick").at("seeds") : node.at("seeds"));
}

void check_quick(const ConfigNode& node, const StudyForm& form) {
  const ConfigNode quick = node.at("quick");
  if (node.has("quick"))
    read_object(quick, {}, {"seeds", "set", "variants", "expect"});
  else if (form.quick)
    quick.report("missing; required for --quick is an object with \"set\", what to change in every variant");
}

std::vector<Problem> problems_of(const StudyVariant& variant, std::size_t stage) {
  std::vector<Problem> problems;
  const Json& document = variant.stages[stage].document;
  if (!variant.is_chain()) return collect(problems, [&] { read_config(document, ""); }), problems;
  collect(problems, [&] { read_stage_config(document, ""); });
  for (Problem& problem : stage_file_problems(variant, stage)) problems.push_back(std::move(problem));
  return problems;
}

/// Each run once; what is wrong with the base is told of the first variant alone.
void check_variants(const ConfigNode& node, const StudyConfig& study) {
  std::vector<std::string> seen;
  for (const StudyVariant& variant : study.variants)
    for (std::size_t i = 0; i < variant.stages.size(); ++i)
      for (const Problem& problem : problems_of(variant, i)) {
        const std::string text = problem.place + problem.text;
        if (std::ranges::find(seen, text) == seen.end())
          node.problems->push_back(
              {fmt::format("variant {}: {}", variant.name_of(variant.stages[i]), problem.place), problem.text});
        seen.push_back(text);
      }
}

Json without_seed(Json config) {
  config.erase("seed");
  return config;
}

/// The keys of a stage's config that are not those of the first one, as a "set"; the name follows from the stage's.
Json changes(const Json& first, const Json& config) {
  Json set = Json::object();
  for (const auto& [key, value] : config.items())
    if (key != "name" && (!first.contains(key) || first[key] != value)) set[key] = value;
  return set;
}

/// The first stage is the base of the others.
Json resolved_variant(const StudyConfig& study, const StudyVariant& variant) {
  const auto config_of = [&](const StudyStage& stage) {
    return without_seed(resolved(stage_config(study, variant, stage, study.seeds.front())));
  };
  const Json base = config_of(variant.stages.front());
  Json json{{"name", variant.name}, {"base", base}};
  if (variant.is_chain())
    for (const StudyStage& stage : variant.stages)
      json["stages"].push_back({{"name", stage.name}, {"set", changes(base, config_of(stage))}});
  return json;
}

}  // namespace

StudyConfig read_study(const Json& document, const std::string& file, const StudyForm& form) {
  return read_checked(document, file, [&](const ConfigNode& node) {
    StudyConfig study{.file = file, .name = {}, .description = {}, .quick = form.quick, .seeds = {}, .variants = {}};
    Values values = read_object(
        node,
        {text_key("kind", std::nullopt, {"study"}), text_key("name", std::nullopt), text_key("description", Value(""))},
        kSections);
    if (!node.json.is_object()) return study;
    study.name = read_name(node, values);
    study.description = take<std::string>(values, "description");
    check_quick(node, form);
    study.seeds = seeds_of(node, form);
    study.variants = read_variants(node, form);
    check_variants(node, study);
    if (node.problems->empty()) read_columns(node, form, study);
    return study;
  });
}

ExperimentConfig stage_config(const StudyConfig& study, const StudyVariant& variant, const StudyStage& stage,
                              std::uint64_t seed) {
  Json document = stage.document;
  document["seed"] = seed;
  document["description"] = study.description;
  return read_stage_config(document, study.file + ": " + variant.name_of(stage));
}

ExperimentConfig variant_config(const StudyConfig& study, const StudyVariant& variant, std::uint64_t seed) {
  return stage_config(study, variant, variant.stages.back(), seed);
}

Json resolved(const StudyConfig& study) {
  Json variants = Json::array();
  for (const StudyVariant& variant : study.variants) variants.push_back(resolved_variant(study, variant));
  return {{"kind", "study"},        {"name", study.name},           {"description", study.description},
          {"seeds", study.seeds},   {"variants", variants},         {"tables", study.tables},
          {"figure", study.figure}, {"published", study.published}, {"expect", study.expect}};
}

}  // namespace steq
