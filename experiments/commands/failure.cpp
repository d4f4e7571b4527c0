// SPDX-License-Identifier: MIT
#include "experiments/commands/failure.hpp"

#include <cstdio>
#include <new>
#include <system_error>

#include "experiments/commands/commands.hpp"
#include "records/directory_lock.hpp"

namespace steq {
namespace {

template <class Error>
bool is(const std::exception& error) {
  return dynamic_cast<const Error*>(&error) != nullptr;
}

}  // namespace

Failure failure_of(const std::exception& error) {
  if (is<BusyError>(error)) return {error.what(), kBusy};
  if (is<IoError>(error)) return {error.what(), kInputOutput};
  if (is<NumericalError>(error)) return {error.what(), kBreakdown};
  if (is<std::bad_alloc>(error)) return {"not enough memory", kInputOutput};
  if (const auto* system = dynamic_cast<const std::system_error*>(&error))  // of standard output, or of folders
    return {std::ferror(stdout) ? "standard output: " + system->code().message() : error.what(), kInputOutput};
  return {error.what(), kBadInput};
}

}  // namespace steq
