// SPDX-License-Identifier: MIT
// What the program says beside its results.
#pragma once

#include <string>

namespace steq {

/// Gives the program the standard streams that it was started without, so that no file it opens takes their numbers and
/// gets what is written to them.
void complete_standard_streams();

/// Writes to standard error as it is, when all that was written to standard output before is out. Where nobody listens
/// any more (a terminal that was closed) nothing happens.
void talk(const std::string& text);

/// talk() of a whole line that says who speaks: "steq: TEXT".
void remark(const std::string& text);

}  // namespace steq
