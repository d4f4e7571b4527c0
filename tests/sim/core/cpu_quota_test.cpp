// SPDX-License-Identifier: MIT
#include "sim/core/cpu_quota.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
namespace fs = std::filesystem;

namespace {

/// A system of our own, file by file.
class System : public testing::TemporaryDirectory {
 public:
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path() / name).parent_path());
    testing::put(path() / name, text);
  }
  std::optional<double> quota() const { return cpu_quota(path()); }
};

constexpr const char* kVersion2 = "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";

}  // namespace

TEST_CASE("Where nothing is known there is no quota", "[quota]") {
  const System system;
  CHECK_FALSE(system.quota());
  system.write("proc/self/cgroup", "0::/a\n");
  system.write("proc/self/mountinfo", "nonsense\n");
  CHECK_FALSE(system.quota());
}

TEST_CASE("In version 2 the smallest quota of all levels counts", "[quota]") {
  const System system;
  system.write("proc/self/cgroup", "0::/slurm/job_7/step_0\n");
  system.write("proc/self/mountinfo", kVersion2);
  system.write("sys/fs/cgroup/slurm/job_7/step_0/cpu.max", "max 100000\n");
  CHECK_FALSE(system.quota());
  system.write("sys/fs/cgroup/slurm/job_7/cpu.max", "150000 100000\n");
  CHECK(system.quota() == 1.5);
  system.write("sys/fs/cgroup/slurm/cpu.max", "50000 100000\n");
  CHECK(system.quota() == 0.5);
}

TEST_CASE("In version 1 the controller of time is found among the others", "[quota]") {
  const System system;
  system.write("proc/self/cgroup", "7:memory:/m\n4:cpu,cpuacct:/docker/abc\n2:cpuset:/other\n0::/\n");
  system.write("proc/self/mountinfo",
               "32 31 0:28 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n"
               "33 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct\n"
               "34 31 0:30 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n");
  const std::string group = "sys/fs/cgroup/cpu,cpuacct/docker/abc/";
  system.write(group + "cpu.cfs_period_us", "100000\n");
  system.write(group + "cpu.cfs_quota_us", "-1\n");
  CHECK_FALSE(system.quota());
  system.write(group + "cpu.cfs_quota_us", "250000\n");
  CHECK(system.quota() == 2.5);
}

TEST_CASE("A container's own group is found, whatever path it is told", "[quota]") {
  const System system;
  system.write("proc/self/cgroup", "4:cpu:/docker/abc\n");
  system.write("proc/self/mountinfo", "33 31 0:29 /docker/abc /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu\n");
  system.write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
  system.write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "200000\n");
  CHECK(system.quota() == 2);
  system.write("proc/self/cgroup", "4:cpu:/\n");
  CHECK(system.quota() == 2);
  system.write("proc/self/mountinfo", kVersion2);
  system.write("proc/self/cgroup", "0::/../other\n");
  system.write("sys/fs/cgroup/cpu.max", "300000 100000\n");
  CHECK(system.quota() == 3);
}
