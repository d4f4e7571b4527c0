// SPDX-License-Identifier: MIT
#include "records/safetensors_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace steq {
namespace {

/// A list of sizes, or nothing.
std::optional<std::vector<std::size_t>> sizes(const Json& json) {
  if (!json.is_array()) return std::nullopt;
  std::vector<std::size_t> values;
  for (const Json& value : json) {
    if (!value.is_number_unsigned()) return std::nullopt;
    values.push_back(value.get<std::size_t>());
  }
  return values;
}

/// Bytes of a tensor, or nothing where they exceed `limit`.
std::optional<std::size_t> bytes_of(const TensorEntry& entry, std::size_t limit) {
  std::size_t bytes = entry.is_double ? sizeof(double) : sizeof(float);
  for (const std::size_t dim : entry.shape)
    if (dim == 0) return 0;
  for (const std::size_t dim : entry.shape) {
    if (dim > limit / bytes) return std::nullopt;
    bytes *= dim;
  }
  return bytes;
}

TensorEntry read_entry(const std::string& name, const Json& json, std::size_t data_size, const std::string& place) {
  const auto field = [&](const char* key) { return json.is_object() && json.contains(key) ? json.at(key) : Json(); };
  const auto refuse = [&](const std::string& key, const std::string& allowed) {
    return InputError(place, fmt::format("{} is {}; allowed: {}", key, shown(field(key.c_str())), allowed));
  };
  const Json type = field("dtype");
  if (type != "F32" && type != "F64") throw refuse("dtype", "\"F32\" or \"F64\"");
  const auto shape = sizes(field("shape")), offsets = sizes(field("data_offsets"));
  if (!shape) throw refuse("shape", "an array of sizes");
  if (!offsets || offsets->size() != 2) throw refuse("data_offsets", "[begin, end]");
  TensorEntry entry{name, type == "F64", *shape, offsets->at(0), offsets->at(1)};
  if (entry.begin > entry.end || entry.end > data_size)
    throw refuse("data_offsets", fmt::format("ascending and within the {} bytes of data", data_size));
  if (bytes_of(entry, data_size) != entry.end - entry.begin)
    throw refuse("data_offsets", fmt::format("the bytes of shape {} in {}", shown(field("shape")), shown(type)));
  return entry;
}

std::vector<TensorEntry> read_entries(const Json& header, std::size_t data_size, const std::string& path) {
  std::vector<TensorEntry> entries;
  std::vector<Problem> problems;
  for (const auto& item : header.items()) {
    if (item.key() == "__metadata__") continue;
    const std::string place = path + ": tensor " + item.key();
    collect(problems, [&] { entries.push_back(read_entry(item.key(), item.value(), data_size, place)); });
  }
  throw_if_any(problems);
  std::stable_sort(entries.begin(), entries.end(), [](const TensorEntry& a, const TensorEntry& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);  // an empty tensor before the one that begins with it
  });
  return entries;
}

/// The tensors cover the data without gap or overlap.
void check_cover(const std::vector<TensorEntry>& entries, std::size_t data_size, const std::string& path) {
  std::size_t covered = 0;
  for (const TensorEntry& entry : entries) {
    if (entry.begin != covered)
      throw InputError(path + ": tensor " + entry.name,
                       fmt::format("begins at byte {} of the data; allowed: {}, where the one before it ends",
                                   entry.begin, covered));
    covered = entry.end;
  }
  if (covered != data_size)
    throw InputError(path, fmt::format("{} bytes of data; allowed: the {} of its tensors", data_size, covered));
}

std::map<std::string, std::string> read_metadata(const Json& header, const std::string& path) {
  std::map<std::string, std::string> metadata;
  if (!header.contains("__metadata__")) return metadata;
  const Json& json = header.at("__metadata__");
  const std::string place = path + ": __metadata__";
  if (!json.is_object()) throw InputError(place, shown(json) + " is not allowed; allowed: an object of texts");
  for (const auto& [key, value] : json.items()) {
    if (!value.is_string()) throw InputError(place + "." + key, shown(value) + " is not allowed; allowed: a text");
    metadata.emplace(key, value.get<std::string>());
  }
  return metadata;
}

}  // namespace

TensorHeader read_tensor_header(const Json& header, std::size_t data_size, const std::string& path) {
  TensorHeader result{.entries = read_entries(header, data_size, path), .metadata = read_metadata(header, path)};
  check_cover(result.entries, data_size, path);
  return result;
}

}  // namespace steq
