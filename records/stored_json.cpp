// SPDX-License-Identifier: MIT
#include "records/stored_json.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/parameters.hpp"
#include "sim/metrics/pair_kind.hpp"

namespace steq {
namespace {

/// A value that is there, and what is wrong with it and those below.
class Place {
 public:
  Place(const Json& json, std::string path, std::vector<Problem>& problems)
      : json_(json), path_(std::move(path)), problems_(problems) {}

  bool is_object() const { return require(json_.is_object(), "an object"); }
  bool is_text() const { return require(json_.is_string(), "a text"); }
  bool is_one_of(const std::vector<std::string>& allowed) const {
    return require(json_.is_string() && std::ranges::find(allowed, json_.get<std::string>()) != allowed.end(),
                   join(allowed));
  }
  /// What is not finite is a word.
  bool is_number_or_null() const {
    return require(json_.is_number() || json_.is_null() || json_.is_string(), "a number or null");
  }

  /// visit(place) where there is such a key.
  template <class Visit>
  void at(const std::string& key, const Visit& visit) const {
    if (json_.contains(key)) visit(Place(json_[key], path_ + key, problems_));
  }
  void text_if_there(const std::string& key) const {
    at(key, [](const Place& text) { text.is_text(); });
  }
  void text(const std::string& key) const {
    required(key, [](const Place& text) { text.is_text(); });
  }
  void one_of(const std::string& key, const std::vector<std::string>& allowed) const {
    required(key, [&](const Place& text) { text.is_one_of(allowed); });
  }

  /// visit(place) for each value of an object.
  template <class Visit>
  void each_value(const Visit& visit) const {
    if (!is_object()) return;
    for (const auto& [key, value] : json_.items()) visit(Place(value, path_ + "." + key, problems_));
  }
  /// visit(place) for each element of an array, all objects.
  template <class Visit>
  void each_object(const Visit& visit) const {
    if (!require(json_.is_array(), "an array")) return;
    for (std::size_t i = 0; i < json_.size(); ++i)
      if (const Place element(json_[i], fmt::format("{}[{}]", path_, i), problems_); element.is_object())
        visit(element.inside());
  }
  Place inside() const { return {json_, path_.empty() ? "" : path_ + ".", problems_}; }

 private:
  template <class Visit>
  void required(const std::string& key, const Visit& visit) const {
    const Json missing;
    visit(Place(json_.contains(key) ? json_[key] : missing, path_ + key, problems_));
  }
  bool require(bool good, const std::string& allowed) const {
    if (!good) problems_.push_back({path_, fmt::format("{} is not allowed; allowed: {}", shown(json_), allowed)});
    return good;
  }

  const Json& json_;
  std::string path_;
  std::vector<Problem>& problems_;
};

template <class Check>
void check(const Json& json, const std::string& file, const Check& rules) {
  if (json.is_null()) return;
  std::vector<Problem> problems;
  if (const Place whole(json, "", problems); whole.is_object()) rules(whole);
  for (Problem& problem : problems) problem.place = problem.place.empty() ? file : file + ": " + problem.place;
  throw_if_any(problems);
}

void check_learner(const Place& learner) {
  if (!learner.is_object()) return;
  learner.inside().at("tensors",
                      [](const Place& tensors) { tensors.each_value([](const Place& t) { t.is_object(); }); });
}

void check_comparison(const Place& comparison) {
  for (const char* key : {"a", "b"}) comparison.text(key);
  comparison.one_of("kind", pair_kind_names());
  comparison.at("map", [](const Place& map) { map.is_one_of({"identity", "M"}); });
  comparison.at("metrics", [](const Place& metrics) {
    metrics.each_value([](const Place& metric) { metric.is_number_or_null(); });
  });
}

}  // namespace

bool is_training_config(const Json& config) {
  const auto has = [](const Json& object, const char* key) { return object.is_object() && object.contains(key); };
  for (const char* key : {"model", "data", "quantizer", "optimizer", "learners"})
    if (!has(config, key)) return false;
  return config["learners"].is_array() && std::ranges::all_of(config["learners"], [&](const Json& learner) {
           return has(learner, "name") && learner["name"].is_string() && has(learner, "estimator");
         });
}

void check_summary(const Json& summary, const std::string& file) {
  check(summary, file, [](const Place& whole) {
    for (const char* key : {"name", "status"}) whole.text_if_there(key);
    whole.at("learners", [](const Place& learners) { learners.each_value(check_learner); });
    whole.at("comparisons", [](const Place& all) { all.each_object(check_comparison); });
  });
}

void check_manifest(const Json& manifest, const std::string& file) {
  check(manifest, file, [](const Place& whole) {
    for (const char* key : {"data", "results"})
      whole.at(key, [](const Place& files) {
        files.each_object([](const Place& f) {
          for (const char* text : {"file", "sha256"}) f.text_if_there(text);
        });
      });
  });
}

void check_epoch(const Json& epoch, const std::string& line) {
  if (epoch.is_null()) throw InputError(line, "null is not allowed; allowed: an object");
  check(epoch, line, [](const Place& whole) { whole.text("learner"); });
}

}  // namespace steq
