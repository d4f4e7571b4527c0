// SPDX-License-Identifier: MIT
#include "experiments/entry/run_entry.hpp"

#include "experiments/entry/shell_word.hpp"

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
  return "steq run --resume " + shell_word(directory.string());
}

}  // namespace steq
