// SPDX-License-Identifier: MIT
#include "experiments/commands/manual.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "experiments/commands/commands.hpp"

namespace steq {
namespace {

constexpr std::pair<ExitCode, const char*> kMeanings[] = {
    {kDone, "Everything is done."},
    {kCheckFailed, "A check failed, or results differ."},
    {kBadInput, "The input is not allowed."},
    {kInputOutput, "The system refused a file."},
    {kBreakdown, "The training diverged."},
    {kBusy, "Another process holds the run; try again later."},
    {kInterrupted, "The program was interrupted, and has saved its state."},
};

/// A hyphen is one that can be copied into a shell, and no text is taken for a request.
std::string for_man(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += c == '\\' ? "\\e" : c == '-' ? "\\-" : std::string(1, c);
  return escaped.starts_with('.') || escaped.starts_with('\'') ? "\\&" + escaped : escaped;
}

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

/// "--out FILE", "[run]"
std::string usage_of(const CLI::Option& option) {
  const std::string type = option.get_expected_max() == 0 ? "" : option.get_type_name();
  if (option.get_positional() && option.get_lnames().empty())
    return option.get_required() ? option.get_name(true) : "[" + option.get_name(true) + "]";
  const std::string names = option.get_name(false, true);
  return type.empty() ? names : names + " " + type;
}

std::string options_section(const CLI::App& command) {
  std::string text;
  for (const CLI::Option* option : command.get_options())
    text += fmt::format(".TP\n.B {}\n{}\n", for_man(usage_of(*option)), for_man(option->get_description()));
  return text;
}

std::string synopsis(const CLI::App& app, const CLI::App& command) {
  std::string line = fmt::format("{} {}", app.get_name(), command.get_name());
  for (const CLI::Option* option : command.get_options())
    if (option->get_positional()) line += " " + usage_of(*option);
  return line + " [options]";
}

std::string long_options(const CLI::App& command) {
  std::string words;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) words += (words.empty() ? "--" : " --") + name;
  return words;
}

}  // namespace

std::string man_page(const CLI::App& app, const std::string& version) {
  const std::string what = app.get_description().substr(app.get_name().size() + 2);  // "steq: ..."
  std::string text =
      fmt::format(".TH STEQ 1 \"\" \"steq {}\" \"User Commands\"\n.SH NAME\n{} \\- {}\n.SH SYNOPSIS\n.nf\n", version,
                  app.get_name(), for_man(what));
  for (const CLI::App* command : commands_of(app)) text += for_man(synopsis(app, *command)) + "\n";
  text += ".fi\n.SH OPTIONS\n" + options_section(app);
  for (const CLI::App* command : commands_of(app))
    text += fmt::format(".SH {}\n{}\n{}", for_man(synopsis(app, *command)), for_man(command->get_description()),
                        options_section(*command));
  text += ".SH EXIT STATUS\n";
  for (const auto& [code, meaning] : kMeanings)
    text += fmt::format(".TP\n.B {}\n{}\n", static_cast<int>(code), meaning);
  return text;
}

std::string completion_script(const CLI::App& app) {
  std::string names, cases;
  for (const CLI::App* command : commands_of(app)) {
    names += (names.empty() ? "" : " ") + command->get_name();
    cases += fmt::format("    {}) words=\"{}\" ;;\n", command->get_name(), long_options(*command));
  }
  return fmt::format(
      "# Completion of steq in bash.\n"
      "_steq() {{\n"
      "  local word=\"${{COMP_WORDS[COMP_CWORD]}}\" words=\"\"\n"
      "  case \"${{COMP_WORDS[1]}}\" in\n{}  esac\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then words=\"{} {}\"; fi\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ] || [[ \"$word\" == -* ]]; then\n"
      "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
      "  fi\n"
      "}}\n"
      "complete -o default -F _steq steq\n",
      cases, names, long_options(app));
}

}  // namespace steq
