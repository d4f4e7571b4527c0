// SPDX-License-Identifier: MIT
#include "experiments/config/overrides.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "experiments/config/config_reader.hpp"
#include "experiments/config/key_list.hpp"
#include "records/json_text.hpp"

namespace steq {
namespace {

struct Override {
  std::vector<std::string> path;
  Json value;
};

/// "learners[0].estimator" as learners, 0, estimator.
std::vector<std::string> split_path(std::string path) {
  std::erase(path, ']');
  std::replace(path.begin(), path.end(), '[', '.');
  std::vector<std::string> keys(1);
  for (const char c : path)
    if (c == '.')
      keys.emplace_back();
    else
      keys.back() += c;
  return keys;
}

/// Whether the key is a text in whatever stands there: then 42 is a text too.
bool takes_text(const std::string& path) {
  const ListedKey* key = find_key(path);
  return key && std::ranges::all_of(key->meanings, [](const KeyMeaning& meaning) {
           const auto kind = meaning.info.kind;
           return kind == Kind::text || kind == Kind::path || kind == Kind::formula;
         });
}

Json parse_override_value(const std::string& path, const std::string& text) {
  try {
    const Json json = parse_json(text, "");
    return takes_text(path) && !json.is_string() && !json.is_null() ? Json(text) : json;
  } catch (const InputError&) {
    return text;
  }
}

Override override_of(const std::string& text_path, Json value, const std::string& place) {
  if (!is_utf8(text_path) || (value.is_string() && !is_utf8(value.get<std::string>())))
    throw InputError(place,
                     "is not UTF-8, in which configs are written; allowed: UTF-8 (a link can give a file such a "
                     "name)");
  const std::vector<std::string> path = split_path(text_path);
  if (std::find(path.begin(), path.end(), "") != path.end())
    throw InputError(place, "a part of the path is empty; allowed: PATH=VALUE, as optimizer.learning_rate=0.1");
  return {path, std::move(value)};
}

Override parse_override(const std::string& text, const std::string& place) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) throw InputError(place, "there is no =; allowed: PATH=VALUE");
  const std::string path = text.substr(0, equals);
  return override_of(path, parse_override_value(path, text.substr(equals + 1)), place);
}

/// The element to which `key` points; one behind the last is made.
Json& element(Json& array, const std::string& key, const std::string& place) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
  if (error != std::errc() || end != key.data() + key.size() || index > array.size())
    throw InputError(place, fmt::format("\"{}\" is not allowed; allowed: an index in [0, {}]", key, array.size()));
  if (index == array.size()) array.push_back(nullptr);
  return array[index];
}

/// The key that names what a SPEC at the path stands for: "type", of data "dataset"; empty where no SPEC may stand.
/// Documents of other kinds have sections of the same names, and two of their own.
std::string name_key(const std::string& path) {
  if (const ListedKey* key = find_key(path)) return key->meanings.front().info.name_key;
  const std::string section = path.substr(path.rfind('.') + 1);
  for (const ListedKey& key : all_keys())
    if (key.path.substr(key.path.rfind('.') + 1) == section) return key.meanings.front().info.name_key;
  return section == "gradient" || section == "prediction" ? "type" : "";
}

/// Names of plug-ins become objects, so that their parameters can be set.
void open_plugin(Json& json, const std::string& key) {
  if (key.empty() || !json.is_string()) return;
  std::vector<Problem> problems;
  const ConfigNode object = expanded({json, "", &problems}, key);
  if (problems.empty()) json = object.json;
}

void apply(Json& document, const Override& change, const std::string& place) {
  Json* at = &document;
  std::string walked;
  for (std::size_t i = 0; i < change.path.size(); ++i) {
    const std::string& key = change.path[i];
    if (i > 0) open_plugin(*at, name_key(walked));
    if (at->is_null()) *at = Json::object();
    if (!at->is_object() && !at->is_array())
      throw InputError(place, fmt::format("{} is {}, which has no \"{}\"", walked, shown(*at), key));
    at = at->is_array() ? &element(*at, key, place) : &(*at)[key];
    walked += (i > 0 ? "." : "") + key;
  }
  *at = change.value;
}

/// The two say the same thing, how long the run is.
void drop_other_length(Json& document, const Override& change) {
  if (change.path == std::vector<std::string>{"steps"}) document.erase("epochs");
  if (change.path == std::vector<std::string>{"epochs"}) document.erase("steps");
}

/// The whole change or none of it.
void make_change(Json& document, const Override& change, const std::string& place) {
  Json changed = document;
  apply(changed, change, place);
  drop_other_length(changed, change);
  document = std::move(changed);
}

}  // namespace

void apply_change(Json& document, const std::string& path, const Json& value, const std::string& place) {
  make_change(document, override_of(path, value, place), place);
}

void apply_overrides(Json& document, const std::vector<std::string>& overrides) {
  std::vector<Problem> problems;
  for (const std::string& text : overrides) {
    const std::string place = "--set " + text;
    collect(problems, [&] { make_change(document, parse_override(text, place), place); });
  }
  throw_if_any(problems);
}

}  // namespace steq
