// SPDX-License-Identifier: MIT
#include "sim/processes/compression.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <functional>
#include <numeric>
#include <string>

using namespace steq;

namespace {

/// A process written as letters, with step = position.
struct Letters {
  explicit Letters(const std::string& text) : levels(text.begin(), text.end()), steps(text.size()) {
    std::iota(steps.begin(), steps.end(), 0u);
  }
  std::vector<Level> levels;
  std::vector<Step> steps;
};

std::vector<CompressedEntry> compressed(const std::string& text) {
  const Letters letters(text);
  std::vector<CompressedEntry> result{{1, 1, 1}};  // must be overwritten
  compress({letters.levels, letters.steps}, result);
  return result;
}

/// "a0(1) b3": level, step, and the oscillation count where it is not 0.
std::string written(const std::vector<CompressedEntry>& entries) {
  std::string text;
  for (const CompressedEntry& entry : entries) {
    text += fmt::format("{}{}{}", text.empty() ? "" : " ", static_cast<char>(entry.level), entry.step);
    if (entry.oscillations > 0) text += fmt::format("({})", entry.oscillations);
  }
  return text;
}

/// Text rewriting: as long as there is an ABAB, the first one becomes AB. Levels only.
std::string rewritten(std::string text) {
  for (std::size_t i = 0; i + 3 < text.size();) {
    const bool alternates = text[i] == text[i + 2] && text[i + 1] == text[i + 3];
    if (alternates) text.erase(i, 2);
    i = alternates ? 0 : i + 1;
  }
  return text;
}

/// All texts over `letters` of this length without equal neighbours.
void for_each_process(std::size_t length, const std::string& letters, const std::function<void(std::string)>& visit,
                      const std::string& text = "") {
  if (text.size() == length) return visit(text);
  for (const char letter : letters)
    if (text.empty() || text.back() != letter) for_each_process(length, letters, visit, text + letter);
}

}  // namespace

TEST_CASE("alternations are compressed by the stack rule", "[processes]") {
  CHECK(written(compressed("a")) == "a0");
  CHECK(written(compressed("ab")) == "a0 b1");
  CHECK(written(compressed("aba")) == "a0 b1 a2");
  CHECK(written(compressed("abab")) == "a0(1) b3");
  CHECK(written(compressed("ababa")) == "a0(1) b3 a4");
  CHECK(written(compressed("ababab")) == "a0(2) b5");
  CHECK(written(compressed("xbaba")) == "x0 b1(1) a4");
  CHECK(written(compressed("abcbcbd")) == "a0 b1(1) c4 b5 d6");
  CHECK(written(compressed("abacaba")) == "a0 b1 a2 c3 a4 b5 a6");
}

TEST_CASE("compression equals text rewriting and loses nothing but whole oscillations", "[processes]") {
  for (const std::size_t length : {1u, 4u, 7u, 10u})
    for_each_process(length, "abc", [&](const std::string& text) {
      const auto entries = compressed(text);
      std::string levels;
      std::size_t oscillations = 0;
      for (const CompressedEntry& entry : entries) {
        levels += static_cast<char>(entry.level);
        oscillations += entry.oscillations;
        REQUIRE(text[entry.step] == static_cast<char>(entry.level));
      }
      REQUIRE(levels == rewritten(text));
      REQUIRE(text.size() - levels.size() == 2 * oscillations);
      REQUIRE(entries.front().step == 0);
      REQUIRE(entries.back().step == text.size() - 1);
    });
}
