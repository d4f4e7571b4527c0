// SPDX-License-Identifier: MIT
// The only place that prints errors and chooses exit codes.
#include <fmt/format.h>

#include <exception>
#include <new>

#include "experiments/build_info.hpp"
#include "experiments/commands.hpp"
#include "sim/core/errors.hpp"

namespace {

int fail(const char* message, int exit_code) {
  fmt::print(stderr, "steq: {}\n", message);
  return exit_code;
}

int run(int argc, char** argv) {
  using namespace steq;
  int exit_code = kDone;
  CLI::App app("steq: is a gradient estimator the straight-through estimator in disguise? Trains networks in lockstep and says.");
  app.set_version_flag("--version", build_info().version);
  app.require_subcommand(1);
  add_run_command(app, exit_code);
  add_describe_command(app, exit_code);
  add_equiv_command(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kBadInput;
  }
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const steq::InputError& error) {
    return fail(error.what(), steq::kBadInput);
  } catch (const steq::IoError& error) {
    return fail(error.what(), steq::kInputOutput);
  } catch (const steq::NumericalError& error) {
    return fail(error.what(), steq::kBreakdown);
  } catch (const std::bad_alloc&) {
    return fail("not enough memory", steq::kInputOutput);
  } catch (const std::exception& error) {
    return fail(error.what(), steq::kBadInput);
  }
}
