// SPDX-License-Identifier: MIT
#include "experiments/entry/shell_word.hpp"

#include <catch2/catch.hpp>

#include "tests/experiments/program/program.hpp"

using namespace steq;

TEST_CASE("a shell takes every word as it is meant") {
  CHECK(shell_word("/a/b-1.json") == "/a/b-1.json");
  const testing::Playground playground;
  for (const std::string word : {"", "plain", "a b", "it's", "\"$HOME\" `x` \\n", "'", "*", "a\nb", "-n", "~", "#x"})
    CHECK(playground.shell("printf %s " + shell_word(word)).out == word);
}
