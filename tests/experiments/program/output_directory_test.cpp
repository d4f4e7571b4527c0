// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "small_disk.hpp"
#include "tiny.hpp"

using namespace steq;
namespace fs = std::filesystem;
using testing::Outcome;
using testing::Playground;
using testing::SmallDisk;
using testing::tiny;
using testing::Tree;

namespace {

class WithConfig : public Playground {
 public:
  WithConfig() { write_json("c.json", tiny()); }
};

}  // namespace

TEST_CASE("an earlier run is replaced with force only", "[program]") {
  const WithConfig playground;
  playground.good({"run", "c.json", "--out", "run"});
  const std::string place = playground.file("run");
  playground.refused({"run", "c.json", "--out", "run"}, 2, {place + ": exists; use --force to replace it"});
  playground.refused({"run", "c.json", "--out", "run/"}, 2, {place + ": exists; use --force to replace it"});
  playground.write("run/mine", "kept until now");
  playground.refused({"run", "c.json", "--out", "run", "--force", "--set", "batch_size=0"}, 2,
                     {"c.json: batch_size: 0 is not allowed"});
  playground.good({"run", "c.json", "--out", "run", "--force", "--seed", "5"});
  CHECK(playground.json("run/config.json")["seed"] == 5);
  CHECK_FALSE(fs::exists(playground.path() / "run" / "mine"));
}

TEST_CASE("what is no run directory is never replaced", "[program]") {
  const WithConfig playground;
  playground.write("photos/cat", "x");
  playground.write("file", "x");
  for (const char* name : {"photos", "file"}) {
    playground.refused({"run", "c.json", "--out", name, "--force"}, 2,
                       {playground.file(name) + ": exists and is not a "});
    playground.refused({"run", "c.json", "--out", name}, 2, {playground.file(name) + ": exists"});
  }
}

TEST_CASE("where nothing can be written is an input/output error", "[program]") {
  const WithConfig playground;
  playground.write("file", "x");
  playground.refused({"run", "c.json", "--out", "file/run"}, 3,
                     {playground.file("file/run.partial") + ": cannot make"});
  playground.refused({"run", "c.json", "--out", "file/deep/run"}, 3, {playground.file("file/deep/run.partial")});
  playground.refused({"run", "c.json", "--out", "/proc/steq"}, 3, {"/proc/steq.partial: cannot make the directory: "});
}

TEST_CASE("a run that may not write large files leaves nothing", "[program]") {
  const WithConfig playground;
  const Tree before = playground.tree();
  for (const int blocks : {0, 4, 16, 32, 64}) {  // of 512 bytes: weights take 22 of them, logs.h5 about 90
    INFO(blocks);
    const Outcome outcome = playground.shell(fmt::format(
        "(trap '' XFSZ; ulimit -f {}; \"$0\" run c.json --out deep/run 2>&1; echo \"exit $?\") | /bin/cat", blocks));
    const std::vector<std::string> lines = testing::lines_of(outcome.out);
    REQUIRE(lines.size() == 2);
    CHECK_THAT(lines[0], Catch::StartsWith("steq: /") && Catch::EndsWith("File too large"));
    CHECK(lines[1] == "exit 3");
    CHECK(before == playground.tree());
  }
}

TEST_CASE("a full disk leaves nothing", "[program]") {
  const WithConfig playground;
  bool full = false;
  for (const char* size : {"8k", "24k", "48k", "72k", "96k", "128k", "160k"}) {
    INFO(size);
    const SmallDisk disk(playground.path() / "disk", size);
    if (!disk.mounted()) {
      WARN("no file system can be mounted here: not tested");
      return;
    }
    const Outcome outcome = playground.steq({"run", "c.json", "--out", "disk/run"});
    if (outcome.code == 0) break;
    full = true;
    CAPTURE(outcome.err);
    CHECK(outcome.code == 3);
    CHECK(outcome.out.empty());
    CHECK(testing::lines_of(outcome.err).size() == 1);
    CHECK_THAT(outcome.err, Catch::StartsWith("steq: " + playground.file("disk/run.partial")));
    CHECK(testing::tree_of(playground.path() / "disk").empty());
  }
  CHECK(full);
}
