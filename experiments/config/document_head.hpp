// SPDX-License-Identifier: MIT
// What the configs of all experiments but training runs have in common: keys, and the head of the document.
#pragma once

#include <algorithm>

#include "experiments/config/config_reader.hpp"

namespace steq {

/// Declarations of keys.
ParameterInfo count_key(const std::string& name, std::optional<Value> fallback);
ParameterInfo text_key(const std::string& name, std::optional<Value> fallback, std::vector<std::string> words = {});
ParameterInfo tolerance_key(double fallback);

/// An array of numbers that satisfies `allows`; empty, and reported, where it does not.
template <class Allows>
std::vector<double> read_numbers(const ConfigNode& node, const std::string& allowed, const Allows& allows) {
  std::vector<double> numbers;
  if (node.json.is_array())
    for (const Json& json : node.json)
      if (json.is_number()) numbers.push_back(json.get<double>());
  const bool complete = node.json.is_array() && numbers.size() == node.json.size();
  if (complete && allows(numbers)) return numbers;
  node.refuse(allowed);
  return {};
}

/// The value of "name", reported where it cannot be the name of a directory.
std::string read_name(const ConfigNode& node, Values& values);

/// Name, description and seed of the document, and the values of `keys`.
template <class Experiment>
Values read_head(const ConfigNode& document, Experiment& experiment, std::vector<ParameterInfo> keys,
                 const std::vector<std::string>& sections) {
  const ParameterInfo seed{.name = "seed",
                           .kind = Kind::integer,
                           .fallback = Value(std::int64_t{1}),
                           .meaning = {},
                           .min = 0,
                           .max = 9e15,
                           .words = {}};
  keys.insert(keys.end(), {text_key("kind", std::nullopt), text_key("name", std::nullopt),
                           text_key("description", Value("")), seed});
  Values values = read_object(document, std::move(keys), sections);
  experiment.name = read_name(document, values);
  experiment.description = take<std::string>(values, "description");
  experiment.seed = take_integer<std::uint64_t>(values, "seed");
  return values;
}

/// Reads by `read(document node)`, then reports all problems at once.
template <class Read>
auto read_checked(const Json& document, const std::string& file, const Read& read) {
  std::vector<Problem> problems;
  auto experiment = read(ConfigNode{document, "", &problems});
  for (Problem& problem : problems) problem.place = problem.place.empty() ? file : file + ": " + problem.place;
  throw_if_any(problems);
  return experiment;
}

}  // namespace steq
