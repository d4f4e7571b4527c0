// SPDX-License-Identifier: MIT
#include "sim/core/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace steq {
namespace {

std::string below(const std::string& place, const std::string& name) {
  if (name.empty()) return place;
  return place.empty() ? name : place + "." + name;
}

/// The parameter that is given in place of this one, or null.
const ParameterInfo* replacement_of(const ParameterInfo& info, const std::vector<ParameterInfo>& declared,
                                    const Values& given) {
  for (const ParameterInfo& other : declared)
    if (other.instead_of == info.name && given.contains(other.name)) return &other;
  return nullptr;
}

/// Moves the value that stands under a former name to the name of today.
void rename(const ParameterInfo& info, const FormerName& former, Values& values, const std::string& place,
            std::vector<Problem>& problems) {
  const auto node = values.extract(former.name);
  if (!node) return;
  const std::string path = below(place, former.name);
  if (values.contains(info.name)) {
    problems.push_back({path, fmt::format("not allowed beside {0}; allowed: {0} alone", info.name)});
  } else if (const std::optional<Value> now = former.now(node.mapped())) {
    values.emplace(info.name, *now);
  } else {
    problems.push_back({path, fmt::format("{} is not allowed; allowed: {}", to_text(node.mapped()), former.allowed)});
    if (info.fallback) values.emplace(info.name, *info.fallback);
  }
}

Values renamed(const std::vector<ParameterInfo>& declared, Values values, const std::string& place,
               std::vector<Problem>& problems) {
  for (const ParameterInfo& info : declared)
    for (const FormerName& former : info.former) rename(info, former, values, place, problems);
  return values;
}

std::vector<std::string> names_of(const std::vector<ParameterInfo>& declared) {
  std::vector<std::string> names;
  for (const ParameterInfo& info : declared) names.push_back(info.name);
  return names;
}

}  // namespace

const Value& Parameters::at(const std::string& name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) throw DomainError("undeclared parameter " + name);
  return found->second;
}

bool Parameters::boolean(const std::string& name) const { return std::get<bool>(at(name)); }
std::int64_t Parameters::integer(const std::string& name) const { return std::get<std::int64_t>(at(name)); }
double Parameters::number(const std::string& name) const { return std::get<double>(at(name)); }
const Numbers& Parameters::numbers(const std::string& name) const { return std::get<Numbers>(at(name)); }
const std::string& Parameters::text(const std::string& name) const { return std::get<std::string>(at(name)); }
bool Parameters::is_word(const std::string& name) const { return std::holds_alternative<std::string>(at(name)); }

Parameters resolve(const std::vector<ParameterInfo>& declared, const Values& written, const std::string& place,
                   std::vector<Problem>& problems) {
  const auto path = [&](const std::string& name) { return below(place, name); };
  const Values given = renamed(declared, written, place, problems);
  const std::vector<std::string> names = names_of(declared);
  for (const auto& [name, value] : given)
    if (std::find(names.begin(), names.end(), name) == names.end())
      problems.push_back({path(name), names.empty() ? "unknown key; none is allowed here"
                                                    : fmt::format("unknown key; allowed: {}{}", join(names),
                                                                  suggestion(name, known_names(declared)))});
  Values values;
  for (const ParameterInfo& info : declared) {
    const auto found = given.find(info.name);
    const ParameterInfo* replacement = replacement_of(info, declared, given);
    if (found == given.end() && (replacement || !info.instead_of.empty())) continue;
    if (replacement)
      problems.push_back({path(info.name), fmt::format("not allowed beside {0}; allowed: {1} or {0}, not both",
                                                       replacement->name, info.name)});
    if (found == given.end() && !info.fallback) {
      problems.push_back({path(info.name), "missing; required is " + allowed(info)});
    } else if (found == given.end()) {
      values.emplace(info.name, *info.fallback);
    } else if (auto value = accept(info, found->second)) {
      const std::string why = info.refusal ? info.refusal(*value) : "";
      if (!why.empty()) problems.push_back({path(info.name), why});
      values.emplace(info.name, *value);
    } else {
      problems.push_back(
          {path(info.name), fmt::format("{} is not allowed; allowed: {}", to_text(found->second), allowed(info))});
    }
  }
  return Parameters(std::move(values));
}

Parameters resolve(const std::vector<ParameterInfo>& declared, const Values& given, const std::string& place) {
  std::vector<Problem> problems;
  Parameters parameters = resolve(declared, given, place, problems);
  if (!problems.empty()) throw InputError(std::move(problems));
  return parameters;
}

std::vector<Problem> at_place(std::vector<Problem> problems, const std::string& place) {
  for (Problem& problem : problems) problem.place = below(place, problem.place);
  return problems;
}

std::vector<Problem> with_what(std::vector<Problem> problems, const std::string& what) {
  for (Problem& problem : problems)
    if (problem.place.empty()) problem.text = what + " " + problem.text;
  return problems;
}

std::string join(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

}  // namespace steq
