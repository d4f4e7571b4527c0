// SPDX-License-Identifier: MIT
// What of its learners' levels a log follows. The program follows all weights after every update; recorders of big
// networks follow a sample of them, after every so many updates, and all of them in windows (docs/logs.md).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/processes/change_points.hpp"

namespace steq {

/// In these updates, 1 <= first <= last, all weights are followed.
struct Window {
  Step first, last;

  Step updates() const { return last - first + 1; }
  bool operator==(const Window&) const = default;
};

struct Watching {
  Step every = 1;                                           ///< levels are looked at after every so many updates
  std::map<std::string, std::vector<WeightIndex>> samples;  ///< by tensor, ascending; of others all weights
  std::vector<Window> windows;                              ///< ascending, apart

  /// All weights after every update; there are no windows then.
  bool whole() const { return every == 1 && samples.empty(); }
  /// Null where all weights of the tensor are followed.
  const std::vector<WeightIndex>* sample(const std::string& tensor) const;
  bool operator==(const Watching&) const = default;
};

/// What two logs both follow.
Watching common(const Watching& a, const Watching& b);

/// The log of the sample alone, its weights counted in the order of the sample, as levels are looked at after every so
/// many of `steps` updates: a change is one of the next update at which they are. The sample's weights exist.
ChangePointLog watched_part(const ChangePointLog& log, const std::vector<WeightIndex>* sample, Step every, Step steps);

/// What happened in a window, as a log of its own: its step 0 is the update before the window.
ChangePointLog window_part(const ChangePointLog& log, const Window& window);

}  // namespace steq
