// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <string>

namespace steq {

/// What the user and programs that call steq are told of an error.
struct Failure {
  std::string text;
  int exit_code;
};

Failure failure_of(const std::exception& error);

}  // namespace steq
