// SPDX-License-Identifier: MIT
#include "records/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace steq {
namespace {

constexpr int kDeepest = 64;
constexpr std::size_t kMostKeys = 10'000;  ///< of one object, which the library looks through for each of them

/// Follows the parser through the document and knows where it stands.
class Watcher {
 public:
  explicit Watcher(std::string place) : place_(std::move(place)) {}

  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    using Event = Json::parse_event_t;
    if (depth > kDeepest) throw InputError(place_, fmt::format("nested deeper than {} levels", kDeepest));
    if (event == Event::object_start || event == Event::array_start) {
      open_.push_back({.is_array = event == Event::array_start});
    } else if (event == Event::key) {
      enter_key(parsed.get<std::string>());
    } else {
      if (event == Event::object_end || event == Event::array_end) open_.pop_back();
      if (!open_.empty()) ++open_.back().index;
    }
    return true;
  }

  std::string path() const {
    std::string path;
    for (const Level& level : open_)
      path += level.is_array ? fmt::format("[{}]", level.index) : (path.empty() ? "" : ".") + level.key;
    return path;
  }

  const std::string& place() const { return place_; }
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  struct Level {
    bool is_array = false;
    std::size_t index = 0;
    std::string key = {};
    std::set<std::string> seen = {};
  };

  void enter_key(const std::string& key) {
    open_.back().key = key;
    if (open_.back().seen.size() >= kMostKeys)
      throw InputError(place_, fmt::format("an object of more than {} keys", kMostKeys));
    if (!open_.back().seen.insert(key).second) problems_.push_back({place_ + ": " + path(), "this key is given twice"});
  }

  std::string place_;
  std::vector<Level> open_;
  std::vector<Problem> problems_;
};

/// What the library says, without its own error code.
std::string reason(const std::exception& error) {
  const std::string text = error.what();
  const std::string marker = "parse error at ";
  const std::size_t found = text.find(marker);
  if (found != std::string::npos) return text.substr(found + marker.size());
  const std::size_t end = text.find("] ");
  return end == std::string::npos ? text : text.substr(end + 2);
}

/// The library takes a NUL byte for the end of the document, whatever follows.
void refuse_nul(std::string_view text, const std::string& place) {
  const std::size_t nul = text.find('\0');
  if (nul == std::string_view::npos) return;
  const std::string_view before = text.substr(0, nul);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  throw InputError(place, fmt::format("line {}: there is a NUL byte; allowed: text in UTF-8 (UTF-16 is not)", line));
}

}  // namespace

Json parse_json(std::string_view text, const std::string& place) {
  refuse_nul(text, place);
  Watcher watcher(place);
  try {
    Json json = Json::parse(
        text, [&](int depth, Json::parse_event_t event, Json& parsed) { return watcher(depth, event, parsed); }, true,
        true);
    if (!watcher.problems().empty()) throw InputError(watcher.problems());
    return json;
  } catch (const Json::parse_error& error) {
    throw InputError(place, reason(error));
  } catch (const Json::exception& error) {
    throw InputError(place + ": " + watcher.path(), reason(error));
  }
}

}  // namespace steq
