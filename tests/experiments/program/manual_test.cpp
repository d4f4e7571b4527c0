// SPDX-License-Identifier: MIT
// The manual page and the completion of shells follow from the commands that there are.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "tiny.hpp"

using namespace steq;
using Catch::Contains;
using testing::Playground;

namespace {

/// Whether a shell command succeeds; its output is lost.
bool succeeds(const std::string& command) { return std::system((command + " > /dev/null 2>&1").c_str()) == 0; }

}  // namespace

TEST_CASE("the manual page has every command and option, and man reads it without a warning", "[program]") {
  const Playground playground;
  const std::string page = playground.good({"manual"});
  for (const char* text :
       {".TH STEQ 1", "steq run", "steq reproduce", "\\-\\-resume\\-or\\-start", "\\-\\-quiet", ".B 75"})
    CHECK_THAT(page, Contains(text));
  if (!succeeds("which groff")) return;
  playground.write("steq.1", page);
  const std::string groff = "groff -man -Tutf8 -ww " + playground.file("steq.1");
  CHECK(succeeds(groff));
  CHECK(succeeds("test -z \"$(" + groff + " 2>&1 > /dev/null)\""));
}

TEST_CASE("bash completes commands and their options", "[program]") {
  const Playground playground;
  playground.write("steq.bash", playground.good({"manual", "--completion"}));
  const auto completes = [&](const std::string& words, int place, const std::string& wanted) {
    return succeeds("bash -c 'source " + playground.file("steq.bash") + "; COMP_WORDS=(" + words + "); COMP_CWORD=" +
                    std::to_string(place) + "; _steq; [ \"${COMPREPLY[*]}\" = \"" + wanted + "\" ]'");
  };
  CHECK(completes("steq repr", 1, "reproduce"));
  CHECK(completes("steq re", 1, "report reproduce") != completes("steq re", 1, "reproduce report"));
  CHECK(completes("steq run c.json --resume-", 3, "--resume-or-start"));
  CHECK(completes("steq run ", 2, ""));
}
