// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

namespace steq {

/// From now on every signal by which terminals and schedulers ask a program to end (INT, TERM, HUP, USR1, USR2, XCPU)
/// sets the flag that is returned, so that what is under way can be saved; repeated signals change nothing. A signal
/// that was ignored when the program was started, as by nohup, stays ignored. Output that nobody reads any more is an
/// error and no end.
const std::atomic<bool>& heed_signals();

}  // namespace steq
