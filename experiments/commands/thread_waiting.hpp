// SPDX-License-Identifier: MIT
// How long a thread that has done its part waits awake for the others.
#pragma once

namespace steq {

/// Starts the program again, once, with GNU OpenMP's waiting loop cut short, unless the user has set one of
/// GOMP_SPINCOUNT and OMP_WAIT_POLICY. By default a thread spins for milliseconds; where another program has one of the
/// cores, that is twenty times the work of a small network's step. The variable is read before main() begins, hence
/// the second start.
void wait_briefly(char** argv);

}  // namespace steq
