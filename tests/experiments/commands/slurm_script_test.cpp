// SPDX-License-Identifier: MIT
#include "experiments/commands/slurm_script.hpp"

#include <catch2/catch.hpp>

#include "tests/experiments/studies/tiny_study.hpp"

using namespace steq;
using Catch::Contains;
using testing::Outcome;
using testing::Playground;

namespace {

/// A directory whose name a shell would take apart, with commands of Slurm that say how they were called.
struct SlurmPlayground : Playground {
  std::string folder = "a b'c\"$d";

  SlurmPlayground() {
    write_json(folder + "/s.json", testing::tiny_study());
    write("bin/sbatch", "#!/bin/sh\necho \"sbatch $*\" >> ../calls\necho 12\n");
    write("bin/scontrol", "#!/bin/sh\necho \"scontrol $*\" >> ../calls\necho JobState=RUNNING\n");
    for (const char* name : {"bin/sbatch", "bin/scontrol"})
      testing::fs::permissions(path() / name, testing::fs::perms::owner_all);
  }
  /// "$steq" is the program, the shell's directory the odd one.
  Outcome in_folder(const std::string& line) const {
    return shell("PATH=/usr/bin:/bin; steq=$0; export PATH=\"$PWD/bin:$PATH\"; cd \"a b'c\\\"\\$d\"; " + line);
  }
  Outcome with_script(const std::string& line) const {
    const Outcome made = in_folder("\"$steq\" reproduce s.json --quiet --threads 1 --out 'o o' --slurm 'x y.slurm'");
    CAPTURE(made.err);
    CHECK(made.code == 0);
    return in_folder(line);
  }
};

}  // namespace

TEST_CASE("a script has the cases, and what users change at its top", "[slurm]") {
  const std::string script =
      slurm_script({.name = "small", .call = {"/bin/steq", "a b"}, .directory = "/d", .cases = 4, .cpus = 2});
  CHECK_THAT(script, Catch::StartsWith("#!/bin/bash\n") && Contains("\n#SBATCH --array=0-3\n") &&
                         Contains("\n#SBATCH --cpus-per-task=2 ") && Contains("\n#SBATCH --time=") &&
                         Contains("\n##SBATCH --mem=") && Contains("\n##SBATCH --partition=") &&
                         Contains("\nsteq=(/bin/steq 'a b')\n") && Contains("--case \"$SLURM_ARRAY_TASK_ID\""));
  CHECK(script.find('@') == script.find("B:TERM@120") + 6);  // every place is filled in
}

TEST_CASE("more cases than an array may have tasks are its shards", "[slurm]") {
  const std::string script = slurm_script({.name = "big", .call = {"steq"}, .directory = "/d", .cases = 2500});
  CHECK_THAT(script, Contains("--array=0-999\n") && Contains("--shard \"$SLURM_ARRAY_TASK_ID/1000\""));
}

TEST_CASE("called in a shell a script submits the cases and behind them the merge", "[slurm][program]") {
  const SlurmPlayground playground;
  const Outcome outcome = playground.with_script("bash 'x y.slurm' --partition=long");
  CHECK(outcome.code == 0);
  CHECK(outcome.out == "Submitted the cases as job 12 and their merge as job 12.\n");
  const std::string file = playground.file(playground.folder) + "/x y.slurm";
  const auto calls = testing::lines_of(playground.read("calls"));
  REQUIRE(calls.size() == 2);
  CHECK(calls[0] == "sbatch --parsable --partition=long " + file);
  CHECK_THAT(calls[1],
             Contains("--partition=long --dependency=afterany:12 --array=0 ") && Catch::EndsWith(file + " merge"));
}

TEST_CASE("a task runs its case, wherever it is called, and the merge finds them all", "[slurm][program]") {
  const SlurmPlayground playground;
  const Outcome outcome = playground.with_script(
      "cp 'x y.slurm' /tmp/steq-script-$$; cd /; for i in 0 1 2 3; do SLURM_ARRAY_TASK_ID=$i SLURM_CPUS_PER_TASK=1 "
      "bash /tmp/steq-script-$$ || exit; done; SLURM_ARRAY_TASK_ID=0 bash /tmp/steq-script-$$ merge; code=$?; "
      "rm /tmp/steq-script-$$; exit $code");
  CAPTURE(outcome.err);
  CHECK(outcome.code == 0);
  CHECK(playground.json(playground.folder + "/o o/small/study.json")["runs"].size() == 4);
}

TEST_CASE("a task that is told to end saves its case and comes back", "[slurm][program]") {
  const SlurmPlayground playground;
  const std::string run = "o o/small/runs/rate-0.1-seed-1";
  const Outcome outcome = playground.in_folder(
      "\"$steq\" reproduce s.json --quiet --set steps=1000000 --out 'o o' --slurm x > said; "
      "SLURM_JOB_ID=9 SLURM_ARRAY_JOB_ID=7 SLURM_ARRAY_TASK_ID=0 SLURM_CPUS_PER_TASK=1 bash x & "
      "until [ -e '" +
      run + ".partial/checkpoint' ]; do sleep 0.05; done; kill -TERM $!; wait $!");
  CHECK(outcome.code == 130);
  CHECK(playground.json(playground.folder + "/" + run + "/summary.json")["status"] == "interrupted");
  CHECK(playground.read("calls") == "scontrol show job 7_0\nscontrol requeue 7_0\n");
}

TEST_CASE("a script that is there is replaced with force only", "[slurm][program]") {
  const Playground playground;
  playground.write_json("s.json", testing::tiny_study());
  playground.write("mine", "x");
  playground.refused({"reproduce", "s.json", "--slurm", "mine"}, 2,
                     {"--slurm: mine exists; allowed: another name, or --force, which replaces it"});
  playground.refused({"reproduce", "s.json", "--slurm", "."}, 2, {"--slurm: . is a directory; allowed: "});
  playground.refused({"reproduce", "s.json", "--slurm", "no/such/folder"}, 3, {"no/such/folder: "});
  playground.good({"reproduce", "s.json", "--slurm", "mine", "--force"});
  CHECK_THAT(playground.read("mine"), Catch::StartsWith("#!/bin/bash"));
  CHECK_FALSE(testing::fs::exists(playground.path() / "reproduce"));
}
