// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <memory>

#include "experiments/commands/commands.hpp"
#include "experiments/commands/describe.hpp"

namespace steq {

void add_describe_command(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("describe", "List and explain everything that a config can name");
  auto options = std::make_shared<DescribeOptions>();
  std::vector<std::string> kinds;
  for (const DescribeKind& kind : describe_kinds()) kinds.push_back(kind.name);
  command->add_option("kind", options->kind, join(kinds));
  command->add_option("name", options->name, "One entry of that kind; an estimator with parameters, as dsq:k=2, too");
  command->add_flag("--json", options->json, "One JSON document");
  command->add_flag("--markdown", options->markdown, "A page in Markdown, of estimators and metrics only");
  command->add_option("--out", options->out, "Directory for the pages with their figures; all of them without a name")
      ->type_name("DIR");
  command->add_option("--quantizer", options->quantizer, "Quantizer to show an estimator on, as uniform:bits=4")
      ->type_name("SPEC");
  command->callback([options, &exit_code] {
    fmt::print("{}", describe(*options));
    exit_code = kDone;
  });
}

}  // namespace steq
