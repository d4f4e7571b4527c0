// SPDX-License-Identifier: MIT
#include "experiments/entry/run_entry.hpp"

#include <algorithm>
#include <cctype>

namespace steq {

std::optional<RunEntry> enter_run(const std::filesystem::path& place, const RunIdentity& run, Wish wish) {
  RunEntry entry{.directory = std::make_unique<RunDirectory>(place)};
  FoundRun found = find_run(place, run);
  switch (required_action(found, wish)) {
    case Action::begin:
      entry.directory->begin();
      break;
    case Action::go_on:
      require_same_files(found.checkpoint->checkpoint.about, run);
      entry.directory->go_on();
      entry.checkpoint = std::move(found.checkpoint);
      break;
    case Action::nothing:
    case Action::refuse:
      return std::nullopt;
  }
  return entry;
}

std::string resume_command(const std::filesystem::path& directory) {
  std::string word = directory.string();
  const auto plain = [](unsigned char c) {
    return std::isalnum(c) || std::string("/._-+:@%").find(char(c)) != std::string::npos;
  };
  if (!std::ranges::all_of(word, plain)) {
    for (std::size_t at = 0; (at = word.find('\'', at)) != std::string::npos; at += 4) word.replace(at, 1, "'\\''");
    word = "'" + word + "'";
  }
  return "steq run --resume " + word;
}

}  // namespace steq
