// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

namespace steq {

/// From now on SIGINT and SIGTERM set the flag that is returned, so that what is under way can be saved; a second
/// signal ends the program at once.
const std::atomic<bool>& heed_signals();

}  // namespace steq
