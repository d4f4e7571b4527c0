// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "experiments/commands/reproduce.hpp"
#include "experiments/config/presets.hpp"
#include "experiments/studies/claims.hpp"
#include "records/json_text.hpp"

namespace steq {
namespace {

std::string kind_of(const Json& document) {
  const Json kind = document.is_object() ? document.value("kind", Json()) : Json();
  return kind.is_string() ? kind.get<std::string>() : "";
}

/// What `all` and `claims` stand for, or the one that is named.
std::vector<std::string> names_of(const std::string& experiment) {
  if (experiment != "all" && experiment != "claims") return {experiment};
  std::vector<std::string> names = study_presets();
  std::erase_if(names,
                [&](const std::string& name) { return has_claims(load_document(name)) != (experiment == "claims"); });
  return names;
}

/// What to call in place of `reproduce` where the document is one experiment and no study.
std::string other_command(const Json& document, const std::string& name) {
  if (!document.is_object() || !(document.contains("learners") || document.contains("cases"))) return "";
  return fmt::format("; it is one experiment: steq run {}", name);
}

}  // namespace

std::vector<std::string> study_presets() {
  std::vector<std::string> names;
  for (const Preset& preset : presets())
    if (kind_of(parse_json(preset.text, preset.name)) == "study") names.push_back(preset.name);
  return names;
}

std::vector<StudyConfig> studies_of(const ReproduceArguments& arguments) {
  std::vector<StudyConfig> all;
  std::vector<Problem> problems;
  const auto names = names_of(arguments.experiment);
  for (const std::string& name : names)
    collect(problems, [&] {
      const Json document = load_document(name);
      const std::string place = document_place(name);
      if (kind_of(document) != "study")
        throw InputError(
            place,
            fmt::format("is no study; allowed: all, claims, {}, or a file of \"kind\": \"study\"{}{}",
                        join(study_presets()), suggestion(name, study_presets()), other_command(document, name)));
      all.push_back(read_study(document, place, arguments.form));
    });
  throw_if_any(problems);
  return all;
}

}  // namespace steq
