// SPDX-License-Identifier: MIT
#include "experiments/commands/report.hpp"

#include <fmt/format.h>

#include <memory>

#include "experiments/commands/commands.hpp"
#include "experiments/commands/control_options.hpp"
#include "experiments/terminal/talk.hpp"
#include "records/files.hpp"

namespace steq {

void add_report_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("report", "One HTML page of a run, or of several side by side");
  auto options = std::make_shared<ReportOptions>();
  command->add_option("run", options->runs, "Run directories")->required()->check(not_empty);
  command->add_option("--out", options->file, "The page [RUN/report.html; report.html for several runs]")
      ->type_name("FILE.html")
      ->check(not_empty);
  command->add_option("--latex", options->latex, "Also write the tables there, as LaTeX, Markdown and CSV")
      ->type_name("DIR")
      ->check(not_empty);
  add_control_options(*command, options->controls);
  command->callback([options, &exit_code] {
    const ReportResult result = write_report(*options);
    if (!is_standard_output(result.file)) fmt::print("Report: {}\n", result.file);
    for (const std::string& text : result.remarks) remark(text);
    exit_code = kDone;
  });
}

}  // namespace steq
