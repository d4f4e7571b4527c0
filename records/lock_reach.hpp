// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace steq {

/// Whether the locks of the file system in which `folder` lies are seen by every machine that has it: so it is on disks
/// of one machine, and on network file systems that pass locks on. Where nothing is known of it they are taken to be.
bool locks_reach_all(const std::string& folder);

/// The same for a device "MAJOR:MINOR" in the text of /proc/self/mountinfo.
bool locks_reach_all(std::string_view mounts, const std::string& device);

}  // namespace steq
