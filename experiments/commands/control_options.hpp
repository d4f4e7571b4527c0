// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>

#include "records/named_control.hpp"

namespace steq {

/// --jitter NAME,NAME and the like, one for each kind of control: which learners of the logs are controls. They are
/// added to `controls`, which must live as long as the command.
void add_control_options(CLI::App& command, NamedControls& controls);

}  // namespace steq
