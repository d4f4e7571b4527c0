// SPDX-License-Identifier: MIT
// Runs what the documents show. Blocks of ```console hold commands ("$ ...") and their output, in which a line "..."
// stands for any lines and a word "..." for the rest of a line. Notes in the comment above a block:
//   numbers vary        machines round differently: a number may be anything at quick settings, else within a factor 2
//   quick: ARGUMENTS    added to the commands at quick settings; numbers vary
//   slow                left out at quick settings
//   exit code: N        of the block's commands, 0 where nothing is said
//   not run: WHY        left out, and said so
//   file: NAME          a block of any language: the content of that file
// The blocks of a document run one after the other in one directory.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>

#include "tests/docs/markdown.hpp"
#include "tests/experiments/program/program.hpp"

using namespace steq;
using testing::Block;

namespace {

enum class ShownNumbers { exact, within_factor_two, any };
using Lines = std::vector<std::string>;

struct Command {
  std::string line;
  Lines output;
};

std::vector<Command> commands_of(const Block& block) {
  std::vector<Command> commands;
  bool continued = false;
  for (const std::string& line : block.lines) {
    if (continued)
      commands.back().line += "\n" + line;
    else if (line.starts_with("$ "))
      commands.push_back({line.substr(2), {}});
    else if (!commands.empty())
      commands.back().output.push_back(line);
    continued = line.ends_with('\\') && (continued || line.starts_with("$ "));
  }
  return commands;
}

Lines words_of(const std::string& line) {
  std::istringstream stream(line);
  return {std::istream_iterator<std::string>(stream), {}};
}

/// The number in a word such as "(0.93" or "1.1,".
std::optional<double> number_in(const std::string& word) {
  const std::size_t first = word.find_first_not_of("("), last = word.find_last_not_of("),.:;%");
  if (first == std::string::npos || last == std::string::npos || last < first) return std::nullopt;
  const std::string digits = word.substr(first, last - first + 1);
  char* end = nullptr;
  const double value = std::strtod(digits.c_str(), &end);
  return *end == '\0' ? std::optional(value) : std::nullopt;
}

bool same_word(const std::string& expected, const std::string& actual, ShownNumbers numbers) {
  if (expected == actual) return true;
  const std::optional<double> a = number_in(expected), b = number_in(actual);
  if (numbers == ShownNumbers::exact || !a || !b) return false;
  return numbers == ShownNumbers::any || (*a * *b > 0 && std::abs(std::log2(*a / *b)) <= 1);
}

bool same_line(const std::string& expected, const std::string& actual, ShownNumbers numbers) {
  const Lines a = words_of(expected), b = words_of(actual);
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == "...") return true;
    if (i == b.size() || !same_word(a[i], b[i], numbers)) return false;
  }
  return a.size() == b.size();
}

/// The first line shown that the program did not print where it should have; nothing where all were.
std::optional<std::string> first_missing(const Lines& shown, const Lines& printed, ShownNumbers numbers) {
  std::size_t at = 0;
  bool skip = false;
  for (const std::string& line : shown) {
    if (line == "...") {
      skip = true;
      continue;
    }
    while (skip && at < printed.size() && !same_line(line, printed[at], numbers)) ++at;
    if (at == printed.size() || !same_line(line, printed[at], numbers)) return line;
    skip = false;
    ++at;
  }
  return skip || at == printed.size() ? std::nullopt : std::optional("(the end; there is more)");
}

void check_block(const testing::Playground& playground, const Block& block, bool quick) {
  const auto note = [&](const char* key) {
    const auto found = block.notes.find(key);
    return found == block.notes.end() ? std::string() : found->second;
  };
  const bool vary = block.notes.contains("numbers vary") || block.notes.contains("quick");
  const ShownNumbers numbers = !vary   ? ShownNumbers::exact
                               : quick ? ShownNumbers::any
                                       : ShownNumbers::within_factor_two;
  for (const Command& command : commands_of(block)) {
    const std::string line = command.line + (quick ? " " + note("quick") : "");
    const testing::Words words{"/bin/sh", "-c", "steq() { \"$0\" \"$@\"; }; { " + line + "\n} 2>&1", STEQ_PROGRAM};
    const testing::Outcome outcome = testing::Process(playground.path(), words, true).wait();
    INFO("$ " << line << "\n" << outcome.out);
    CHECK(outcome.code == std::atoi(note("exit code").c_str()));
    CHECK(first_missing(command.output, testing::lines_of(outcome.out), numbers).value_or("") == "");
  }
}

void check_documents(bool quick) {
  std::size_t commands = 0;
  for (const auto& file : testing::markdown_files()) {
    const testing::Playground playground;
    for (const Block& block : testing::read_document(file).blocks) {
      INFO(file.string() << ":" << block.line);
      if (block.notes.contains("not run")) WARN("not run, " << block.notes.at("not run"));
      if (block.notes.contains("not run") || (quick && block.notes.contains("slow"))) continue;
      std::string text;
      for (const std::string& line : block.lines) text += line + "\n";
      if (block.notes.contains("file")) playground.write(block.notes.at("file"), text);
      if (block.language != "console") continue;
      check_block(playground, block, quick);
      commands += commands_of(block).size();
    }
  }
  CHECK(commands > 5);
}

}  // namespace

TEST_CASE("Output is compared line by line, word by word") {
  const Lines printed{"one 1.5", "two", "three (0.9 % of 20)", "four"};
  const auto missing = [&](const Lines& shown, ShownNumbers numbers = ShownNumbers::exact) {
    return first_missing(shown, printed, numbers).value_or("");
  };
  CHECK(missing(printed) == "");
  CHECK(missing({"one  1.5", "...", "four"}) == "");
  CHECK(missing({"...", "three (0.9 ...", "..."}) == "");
  CHECK(missing({"one 1.5", "four"}) == "four");
  CHECK(missing({"two", "..."}) == "two");
  CHECK(missing({"...", "three (0.9 % of 20)"}) != "");
  CHECK(missing({"one 2.5", "..."}) == "one 2.5");
  CHECK(missing({"one 2.5", "...", "three (1.7 % of 11)", "four"}, ShownNumbers::within_factor_two) == "");
  CHECK(missing({"one 3.5", "..."}, ShownNumbers::within_factor_two) == "one 3.5");
  CHECK(missing({"one 3.5", "..."}, ShownNumbers::any) == "");
  CHECK(missing({"one x", "..."}, ShownNumbers::any) == "one x");
}

TEST_CASE("The documents' commands do what they show, at quick settings") { check_documents(true); }

TEST_CASE("The documents' commands do what they show, as they are printed", "[slow]") { check_documents(false); }
