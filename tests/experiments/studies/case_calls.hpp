// SPDX-License-Identifier: MIT
// Calls of `steq reproduce` for cases of a tiny study.
#pragma once

#include "tiny_chain.hpp"

namespace steq::testing {

/// Two directories in which the same study is run: at once in one, case by case in the other.
struct TwoPlaces {
  Playground whole, parts;

  explicit TwoPlaces(const Json& study) {
    whole.write_json("s.json", study);
    parts.write_json("s.json", study);
  }
};

inline Words words_of(const Words& more, const std::string& study = "s.json") {
  Words words{"reproduce", study, "--quiet", "--threads", "1", "--out", "out"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

inline Words one_case(int index, const Words& more = {}) {
  Words words = words_of({"--case", std::to_string(index)});
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

inline const Words kMerge = words_of({"--merge"});

/// Everything but the number of threads and the like, which manifests hold.
inline Tree results_in(const Playground& playground) { return testing::tree_of(playground.path() / "out"); }

inline Json study_with_divergence() {
  Json study = tiny_study();
  study["variants"][0]["vary"]["optimizer.learning_rate"] = {0.1, 1e38, 0.2};
  study["figure"] = nullptr;
  return study;
}

}  // namespace steq::testing
