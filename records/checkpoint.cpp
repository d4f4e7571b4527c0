// SPDX-License-Identifier: MIT
#include "records/checkpoint.hpp"

#include <fmt/format.h>

#include <cstring>
#include <fstream>

#include "records/files.hpp"
#include "records/json_text.hpp"
#include "records/sha256.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

// The file: this line, 64 hexadecimal digits of the SHA-256 of all that follows, a line feed, the length of the JSON as
// 8 bytes, the JSON, the state.
constexpr std::string_view kTitle = "steq checkpoint 1\n";
constexpr std::size_t kDigest = 64, kHead = kTitle.size() + kDigest + 1;

fs::path newest(const fs::path& directory) { return directory / "checkpoint"; }
fs::path previous(const fs::path& directory) { return directory / "checkpoint.previous"; }
fs::path next(const fs::path& directory) { return directory / "checkpoint.new"; }

bool begins_as_checkpoint(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string title(kTitle.size(), '\0');
  return stream.read(title.data(), static_cast<std::streamsize>(title.size())) && title == kTitle;
}

std::string encoded(const Checkpoint& checkpoint) {
  const std::string about = checkpoint.about.dump(-1, ' ', false, Json::error_handler_t::replace);
  const std::uint64_t length = about.size();
  std::string body(reinterpret_cast<const char*>(&length), sizeof length);
  body += about + checkpoint.state;
  return fmt::format("{}{}\n", kTitle, sha256_of(body)) + body;
}

[[noreturn]] void refuse(const fs::path& file) {
  throw InputError(file.string(), "is damaged: not a whole checkpoint of this program");
}

Checkpoint decoded(const fs::path& file) {
  const std::string bytes = read_file(file.string());
  std::uint64_t length = 0;
  if (bytes.size() < kHead + sizeof length || !bytes.starts_with(kTitle) || bytes[kHead - 1] != '\n') refuse(file);
  const std::string_view digest = std::string_view(bytes).substr(kTitle.size(), kDigest);
  const std::string_view body = std::string_view(bytes).substr(kHead);
  if (sha256_of(body) != digest) refuse(file);
  std::memcpy(&length, body.data(), sizeof length);
  if (length > body.size() - sizeof length) refuse(file);
  Json about = parse_json(body.substr(sizeof length, length), file.string());
  if (!about.is_object()) refuse(file);
  return {.about = std::move(about), .state = std::string(body.substr(sizeof length + length))};
}

}  // namespace

void write_checkpoint(const fs::path& directory, const Checkpoint& checkpoint) {
  const fs::path fresh = next(directory);
  write_file_atomically(fresh.string(), encoded(checkpoint));
  std::error_code error;
  if (fs::exists(newest(directory), error)) fs::rename(newest(directory), previous(directory), error);
  if (!error) fs::rename(fresh, newest(directory), error);
  if (error) throw IoError(newest(directory).string(), "cannot write: " + error.message());
}

std::optional<FoundCheckpoint> find_checkpoint(const fs::path& directory) {
  std::vector<Problem> problems;
  bool missing = false;
  for (const fs::path& file : {newest(directory), previous(directory)}) {
    std::error_code error;
    if (!fs::exists(file, error)) {
      missing = true;
      continue;
    }
    try {
      Checkpoint checkpoint = decoded(file);
      const std::string why = !problems.empty() ? problems[0].place + " " + problems[0].text
                              : missing         ? newest(directory).string() + " is missing"
                                                : "";
      return FoundCheckpoint{std::move(checkpoint), why};
    } catch (const InputError& refusal) {
      problems.insert(problems.end(), refusal.problems().begin(), refusal.problems().end());
    }
  }
  throw_if_any(problems);
  return std::nullopt;
}

bool has_checkpoint(const fs::path& directory) {
  return begins_as_checkpoint(newest(directory)) || begins_as_checkpoint(previous(directory));
}

std::vector<std::string> checkpoint_files() { return {newest("").string(), previous("").string(), next("").string()}; }

void remove_checkpoints(const fs::path& directory) {
  std::error_code error;
  for (const std::string& name : checkpoint_files()) fs::remove(directory / name, error);
}

}  // namespace steq
