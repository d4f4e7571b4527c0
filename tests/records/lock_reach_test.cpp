// SPDX-License-Identifier: MIT
#include "records/lock_reach.hpp"

#include <catch2/catch.hpp>

using namespace steq;

namespace {

bool reach(const std::string& type, const std::string& options) {
  const std::string mounts =
      "22 1 0:20 / /sys rw,nosuid shared:7 - sysfs sysfs rw\n"
      "90 1 0:49 / /work rw,relatime shared:9 master:2 - " +
      type + " server:/work " + options + "\n";
  return locks_reach_all(mounts, "0:49");
}

}  // namespace

TEST_CASE("Locks reach every machine that has the file system, but for some network file systems", "[lock]") {
  CHECK(reach("ext4", "rw"));
  CHECK(reach("overlay", "rw,lowerdir=/a"));
  CHECK(reach("ceph", "rw"));
  CHECK(reach("fuse.fuse-overlayfs", "rw"));
  CHECK(reach("nfs4", "rw,vers=4.2,local_lock=none,addr=10.0.0.1"));
  CHECK_FALSE(reach("nfs4", "rw,vers=4.2,local_lock=all"));
  CHECK_FALSE(reach("nfs", "rw,local_lock=flock"));
  CHECK(reach("lustre", "rw,flock,lazystatfs"));
  CHECK_FALSE(reach("lustre", "rw,localflock"));
  CHECK_FALSE(reach("lustre", "rw"));
  CHECK_FALSE(reach("beegfs", "rw"));
  CHECK_FALSE(reach("cifs", "rw"));
  CHECK_FALSE(reach("fuse.sshfs", "rw"));
}

TEST_CASE("What is not known is taken to have locks that reach", "[lock]") {
  CHECK(locks_reach_all("", "0:49"));
  CHECK(locks_reach_all("garbage\n90 1 0:49 / /work rw - nfs\n", "0:49"));
  CHECK(locks_reach_all("/nowhere"));
  CHECK(locks_reach_all("/proc"));
}
