// SPDX-License-Identifier: MIT
// Where every command begins and every error ends.
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <system_error>

#include "experiments/commands/commands.hpp"
#include "experiments/commands/failure.hpp"
#include "experiments/commands/thread_waiting.hpp"
#include "experiments/processor/features.hpp"
#include "experiments/terminal/talk.hpp"
#include "records/build_info.hpp"

namespace {

using namespace steq;

int run(int argc, char** argv) {
  int exit_code = kDone;
  CLI::App app("steq: is a gradient estimator the straight-through estimator in disguise? Trains and says.", "steq");
  app.set_version_flag("--version", build_info().version);
  app.require_subcommand(1);
  app.failure_message(parse_failure);
  add_run_command(app, exit_code);
  add_describe_command(app, exit_code);
  add_equiv_command(app, exit_code);
  add_quantize_command(app, exit_code);
  add_check_command(app, exit_code);
  add_diff_command(app, exit_code);
  add_reproduce_command(app, exit_code);
  add_report_command(app, exit_code);
  add_list_command(app, exit_code);
  add_manual_command(app, exit_code);
  check_command(app, argc, argv);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    exit_code = app.exit(error) == 0 ? kDone : kBadInput;
  }
  if (std::fflush(stdout) != 0 || std::ferror(stdout)) throw std::system_error(errno, std::generic_category());
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  link_processor_check();
  complete_standard_streams();
  wait_briefly(argv);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that grows too large is an error of write() then, as a full disk is
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    const Failure failure = failure_of(error);
    remark(failure.text);
    return failure.exit_code;
  }
}
