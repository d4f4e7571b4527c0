// SPDX-License-Identifier: MIT
#include "records/safetensors_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "records/foreign_weights.hpp"
#include "records/json_text.hpp"
#include "records/json_values.hpp"
#include "records/safetensors_types.hpp"

namespace steq {
namespace {

using Header = nlohmann::json;  // without an order, so that it may have many keys

/// A list of sizes, or nothing.
std::optional<std::vector<std::size_t>> sizes(const Header& json) {
  if (!json.is_array()) return std::nullopt;
  std::vector<std::size_t> values;
  for (const Header& value : json) {
    if (!value.is_number_unsigned()) return std::nullopt;
    values.push_back(value.get<std::size_t>());
  }
  return values;
}

/// The product of the sizes, or nothing where it exceeds `most`.
std::optional<std::size_t> product(const std::vector<std::size_t>& shape, std::size_t most) {
  if (std::ranges::find(shape, std::size_t{0}) != shape.end()) return 0;
  std::size_t count = 1;
  for (const std::size_t size : shape) {
    if (size > most / count) return std::nullopt;
    count *= size;
  }
  return count;
}

/// True where the shape has as many numbers as the bytes can hold: just so many, where the type's size is known.
bool fits(const TensorEntry& entry) {
  const std::size_t bits = 8 * (entry.end - entry.begin);
  const auto numbers = product(entry.shape, bits);
  const auto each = dtype_bits(entry.dtype);
  return numbers && (!each || *numbers * *each == bits);
}

TensorEntry read_entry(const std::string& name, const Header& json, std::size_t data_size, const std::string& place) {
  const auto field = [&](const char* key) { return json.is_object() && json.contains(key) ? json.at(key) : Header(); };
  const auto refuse = [&](const std::string& key, const std::string& allowed) {
    return InputError(place, fmt::format("{} is {}; allowed: {}", key, shown(Json(field(key.c_str()))), allowed));
  };
  const Header type = field("dtype");
  if (!type.is_string()) throw refuse("dtype", "the name of a type, as \"F32\"");
  const auto shape = sizes(field("shape")), offsets = sizes(field("data_offsets"));
  if (!shape) throw refuse("shape", "an array of sizes");
  if (!offsets || offsets->size() != 2) throw refuse("data_offsets", "[begin, end]");
  TensorEntry entry{name, type.get<std::string>(), *shape, offsets->at(0), offsets->at(1)};
  if (entry.begin > entry.end || entry.end > data_size)
    throw refuse("data_offsets", fmt::format("ascending and within the {} bytes of data", data_size));
  if (!fits(entry))
    throw refuse("data_offsets",
                 fmt::format("the bytes of shape {} in {}", shown(Json(field("shape"))), shown(Json(type))));
  return entry;
}

std::vector<TensorEntry> read_entries(const Header& header, std::size_t data_size, const std::string& path) {
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

std::map<std::string, std::string> read_metadata(const Header& header, const std::string& path) {
  std::map<std::string, std::string> metadata;
  if (!header.contains("__metadata__")) return metadata;
  const Header& json = header.at("__metadata__");
  const std::string place = path + ": __metadata__";
  if (!json.is_object()) throw InputError(place, shown(Json(json)) + " is not allowed; allowed: an object of texts");
  for (const auto& [key, value] : json.items()) {
    if (!value.is_string())
      throw InputError(place + "." + key, shown(Json(value)) + " is not allowed; allowed: a text");
    metadata.emplace(key, value.get<std::string>());
  }
  return metadata;
}

}  // namespace

std::size_t header_length(std::string_view start, std::size_t file_size, const std::string& path) {
  std::uint64_t length = 0;
  const bool whole = start.size() >= sizeof length;
  if (whole) std::memcpy(&length, start.data(), sizeof length);
  const bool within = whole && length <= file_size - sizeof length;
  if (within && start.substr(sizeof length).starts_with('{')) return length;
  if (const std::string other = foreign_weights(start); !other.empty()) throw InputError(path, other);
  if (!whole) throw InputError(path, fmt::format("{} bytes; a safetensors file has at least 8", file_size));
  if (!within)
    throw InputError(path, fmt::format("the header is said to have {} bytes; allowed: at most the {} that follow",
                                       length, file_size - sizeof length));
  return length;
}

TensorHeader read_tensor_header(std::string_view text, std::size_t data_size, const std::string& path) {
  const Header header = parse_large_json(text, path + ": header");
  if (!header.is_object()) throw InputError(path, "the header is " + shown(Json(header)) + "; allowed: an object");
  TensorHeader result{.entries = read_entries(header, data_size, path), .metadata = read_metadata(header, path)};
  check_cover(result.entries, data_size, path);
  return result;
}

}  // namespace steq
