// SPDX-License-Identifier: MIT
#include "records/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

namespace steq {
namespace {

constexpr int kDeepest = 64;
/// Of one object that keeps their order: the library looks through it for each of them.
constexpr std::size_t kMostKeys = 10'000;

/// Follows the parser through the document and knows where it stands.
class Watcher {
 public:
  Watcher(std::string place, std::size_t most_keys) : place_(std::move(place)), most_keys_(most_keys) {}

  template <class Document>
  bool operator()(int depth, typename Document::parse_event_t event, Document& parsed) {
    using Event = typename Document::parse_event_t;
    if (depth > kDeepest) throw InputError(place_, fmt::format("nested deeper than {} levels", kDeepest));
    if (event == Event::object_start || event == Event::array_start) {
      open_.push_back({.is_array = event == Event::array_start});
    } else if (event == Event::key) {
      enter_key(parsed.template get<std::string>());
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
    if (open_.back().seen.size() >= most_keys_)
      throw InputError(place_, fmt::format("an object of more than {} keys", most_keys_));
    if (!open_.back().seen.insert(key).second) problems_.push_back({place_ + ": " + path(), "this key is given twice"});
  }

  std::string place_;
  std::size_t most_keys_;
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

template <class Document>
Document parse(std::string_view text, const std::string& place, std::size_t most_keys) {
  refuse_nul(text, place);
  Watcher watcher(place, most_keys);
  try {
    Document json = Document::parse(
        text,
        [&](int depth, typename Document::parse_event_t event, Document& parsed) {
          return watcher(depth, event, parsed);
        },
        true, true);
    if (!watcher.problems().empty()) throw InputError(watcher.problems());
    return json;
  } catch (const typename Document::parse_error& error) {
    throw InputError(place, reason(error));
  } catch (const typename Document::exception& error) {
    throw InputError(place + ": " + watcher.path(), reason(error));
  }
}

}  // namespace

Json parse_json(std::string_view text, const std::string& place) { return parse<Json>(text, place, kMostKeys); }

nlohmann::json parse_large_json(std::string_view text, const std::string& place) {
  return parse<nlohmann::json>(text, place, std::numeric_limits<std::size_t>::max());
}

}  // namespace steq
