// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace steq {

/// Does what LOG.journal says and removes it; does nothing where there is none. The log is then as the flush was to
/// leave it. A kill on the way leaves the journal, and nothing is lost. Throws IoError where a recorder writes the log
/// right now, or a file cannot be written, InputError where the journal is damaged.
void finish_flush(const std::string& log);

}  // namespace steq
