// SPDX-License-Identifier: MIT
#include "experiments/diff/extent_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "plots/tables/wrapped.hpp"

namespace steq {
namespace {

/// Up to where the two were compared; empty where that is the known end of both.
std::string end_text(const PairDiff& pair) {
  const auto where = [&](const std::string& run) {
    return fmt::format("/{}/steps of {}", run == "A" ? pair.a : pair.b, run);
  };
  if (pair.until && pair.until->told)
    return fmt::format("Compared up to step {}, where {} ends; what is told of the end is that of each run.",
                       pair.until->step, pair.until->run);
  if (pair.until)
    return fmt::format(
        "Compared up to step {}, the last change point of {}, because {} is missing, which would say how "
        "many updates it made.",
        pair.until->step, pair.until->run, where(pair.until->run));
  if (pair.untold.empty() || pair.same()) return "";
  std::vector<std::string> places;
  for (const std::string& run : pair.untold) places.push_back(where(run));
  return fmt::format(
      "What is told of the end is that of the last change points: {} would say how many updates there "
      "were, and {} missing.",
      join(places), places.size() > 1 ? "are" : "is");
}

}  // namespace

std::string extent_text(const RunDiff& diff) {
  std::vector<std::string> sentences;
  for (const PairDiff& pair : diff.pairs)
    for (const std::string& text : {pair.watched, end_text(pair)})
      if (!text.empty() && std::ranges::find(sentences, text) == sentences.end()) sentences.push_back(text);
  std::string text;
  for (const std::string& sentence : sentences) text += wrapped("", sentence, 0);
  return text;
}

}  // namespace steq
