// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "sim/core/parameters.hpp"

namespace steq {

/// What programs that call steq see of its end.
enum ExitCode {
  kDone = 0,
  kCheckFailed = 1,
  kBadInput = 2,
  kInputOutput = 3,
  kBreakdown = 4,
  kBusy = 75,  ///< another process holds the run; later it may be free
  kInterrupted = 130
};

/// Checks for options: why a text is refused, empty where it is not. One by a declaration, one for names of files.
std::function<std::string(const std::string&)> allowed_by(const ParameterInfo& info);
std::string not_empty(const std::string& text);

void add_threads_option(CLI::App& command, int& threads);

/// What is wrong with the command line, for main().
std::string parse_failure(const CLI::App* app, const CLI::Error& error);
/// Throws InputError where the first argument is no command's name.
void check_command(const CLI::App& app, int argc, char** argv);

/// Each adds its subcommand, with what happens when it is called: the exit code goes to `exit_code`.
void add_run_command(CLI::App& app, int& exit_code);
void add_describe_command(CLI::App& app, int& exit_code);
void add_equiv_command(CLI::App& app, int& exit_code);
void add_quantize_command(CLI::App& app, int& exit_code);
void add_check_command(CLI::App& app, int& exit_code);
void add_diff_command(CLI::App& app, int& exit_code);
void add_reproduce_command(CLI::App& app, int& exit_code);
void add_report_command(CLI::App& app, int& exit_code);
void add_list_command(CLI::App& app, int& exit_code);
void add_manual_command(CLI::App& app, int& exit_code);

}  // namespace steq
