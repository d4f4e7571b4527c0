// SPDX-License-Identifier: MIT
#include "experiments/commands/commands.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/notation.hpp"

namespace steq {
namespace {

std::string unknown(const std::string& what, const std::string& given, const std::vector<std::string>& names) {
  return fmt::format("unknown {} \"{}\"; allowed: {}{}", what, given, join(names), suggestion(given, names));
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options())
    if (!option->get_lnames().empty()) names.push_back("--" + option->get_lnames().front());
  return names;
}

/// The arguments that nobody expected; the library gives them last first.
std::string unexpected(const CLI::App& app) {
  const std::vector<CLI::App*> commands = app.get_subcommands();
  const std::vector<std::string> extra = app.remaining(true);
  const auto option = std::find_if(extra.begin(), extra.end(), [](const auto& text) { return text.starts_with('-'); });
  if (option != extra.end()) return unknown("option", *option, option_names(commands.empty() ? app : *commands[0]));
  return fmt::format("\"{}\" is one argument too many", extra.empty() ? "" : extra.back());
}

}  // namespace

std::function<std::string(const std::string&)> allowed_by(const ParameterInfo& info) {
  return [info](const std::string& text) {
    const Value value = parse_value(text);
    return accept(info, value) ? "" : fmt::format("{} is not allowed; allowed: {}", to_text(value), allowed(info));
  };
}

std::string not_empty(const std::string& text) {
  return text.empty() ? "\"\" is not allowed; allowed: the name of a file or directory" : "";
}

void add_threads_option(CLI::App& command, int& threads) {
  command
      .add_option("--threads", threads,
                  "Threads; no result depends on it [the cores that this process may use, OMP_NUM_THREADS at most]")
      ->check(allowed_by({.name = "--threads", .kind = Kind::integer, .min = 1, .max = 1024}));
}

std::string parse_failure(const CLI::App* app, const CLI::Error& error) {
  const bool extras = dynamic_cast<const CLI::ExtrasError*>(&error);
  return fmt::format("steq: {}; see --help\n", extras ? unexpected(*app) : error.what());
}

void check_command(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  const std::string given = argv[1];
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(nullptr)) names.push_back(command->get_name());
  if (std::find(names.begin(), names.end(), given) == names.end())
    throw InputError("", unknown("command", given, names));
}

}  // namespace steq
