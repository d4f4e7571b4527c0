// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>

namespace steq {

/// What programs that call steq see of its end.
enum ExitCode { kDone = 0, kCheckFailed = 1, kBadInput = 2, kInputOutput = 3, kBreakdown = 4, kInterrupted = 130 };

/// Each adds its subcommand, with what happens when it is called: the exit code goes to `exit_code`.
void add_run_command(CLI::App& app, int& exit_code);
void add_describe_command(CLI::App& app, int& exit_code);
void add_equiv_command(CLI::App& app, int& exit_code);

}  // namespace steq
