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
  const Outcome outcome = playground.steq({"run", "c.json", "--out", "run", "--force", "--seed", "5", "--quiet"});
  CHECK(outcome.code == 0);
  CHECK(outcome.err == "steq: " + playground.file("run.replaced") + " keeps what steq had not written: mine\n");
  CHECK(playground.json("run/config.json")["seed"] == 5);
  CHECK_FALSE(fs::exists(playground.path() / "run" / "mine"));
  CHECK(playground.read("run.replaced/mine") == "kept until now");
  CHECK(testing::tree_of(playground.path() / "run.replaced").size() == 1);
}

TEST_CASE("what is no run directory is never replaced", "[program]") {
  const WithConfig playground;
  playground.write("photos/cat", "x");
  playground.write("app/manifest.json", R"({"name": "my pwa", "start_url": "/"})");
  playground.write("study/study.json", R"({"kind": "study", "schema": 1})");
  playground.write("file", "x");
  for (const char* name : {"photos", "app", "study", "file"}) {
    playground.refused({"run", "c.json", "--out", name, "--force"}, 2,
                       {playground.file(name) + ": exists and is not a run directory"});
    playground.refused({"run", "c.json", "--out", name}, 2, {playground.file(name) + ": exists"});
  }
}

TEST_CASE("where nothing can be written is an input/output error", "[program]") {
  const WithConfig playground;
  playground.write("file", "x");
  playground.refused({"run", "c.json", "--out", "file/run"}, 3,
                     {playground.file("file") + ": cannot make the directory: Not a directory"});
  playground.refused({"run", "c.json", "--out", "file/deep/run"}, 3,
                     {playground.file("file/deep") + ": cannot make the directory: Not a directory"});
  playground.refused({"run", "c.json", "--out", "/proc/steq"}, 3, {"/proc/steq.partial.lock: cannot open: "});
}

TEST_CASE("what the end of a run needs is tried at its start", "[program]") {
  const WithConfig playground;
  const testing::Words at{"run", "c.json", "--set", "epochs=1000000", "--out"};
  const auto with = [&](std::initializer_list<std::string> more) {
    testing::Words words = at;
    words.insert(words.end(), more);
    return words;
  };
  const std::string name(235, 'n');  // with "-initial.safetensors" as long as a name may be
  playground.refused(with({"run", "--set", "compare=[]", "--set",
                           fmt::format(R"(learners=[{{"name": "{}", "estimator": "ste"}}])", name)}),
                     3, {playground.file("run.partial/weights/" + name + "-epoch-1000001.safetensors: cannot open: ")});
  playground.refused(with({std::string(250, 'd')}), 3, {playground.file(std::string(250, 'd'))});
  playground.refused(with({"run", "--set", "learners.1.name=test_labels", "--set", "compare=[]"}), 2,
                     {"c.json: learners[1].name: \"test_labels\" is not allowed"});
  playground.refused(with({"run", "--set", "model.layers.0.name=a/b"}), 2,
                     {"c.json: model: the tensor \"a/b.weight\" is not allowed"});
  const Outcome limited =
      playground.shell("ulimit -f 4; exec \"$0\" run c.json --set epochs=1000000 --out run --quiet");
  CHECK(limited.code == 3);
  CHECK_THAT(limited.err, Catch::Contains("File too large"));
  CHECK(playground.tree().size() == 1);
}

TEST_CASE("closed streams do no harm", "[program]") {
  const WithConfig playground;
  playground.good({"run", "c.json", "--out", "a"});
  CHECK(playground.shell("exec \"$0\" run c.json --out b <&- >&- 2>&-").code == 0);
  Tree a = testing::tree_of(playground.path() / "a"), b = testing::tree_of(playground.path() / "b");
  a.erase("manifest.json"), b.erase("manifest.json");
  CHECK(a == b);
}

TEST_CASE("a mount point cannot be replaced, which is told before training", "[program]") {
  const WithConfig playground;
  const SmallDisk disk(playground.path() / "disk", "64m");
  if (!disk.mounted()) {
    WARN("no file system can be mounted here: not tested");
    return;
  }
  for (const char* flag : {"--force", "--quiet"})
    playground.refused(
        {"run", "c.json", "--out", "disk", flag, "--set", "epochs=1000000"}, 3,
        {playground.file("disk") + ": cannot be renamed, as replacing it needs: Device or resource busy; "
                                   "allowed: another --out, for instance a directory in it"});
  playground.good({"run", "c.json", "--out", "disk/run"});
}

TEST_CASE("a name that is no UTF-8 is refused in configs and no obstacle elsewhere", "[program]") {
  const WithConfig playground;
  const std::string name = "caf\xe9";
  playground.refused({"run", "c.json", "--out", "r", "--set", "data.path=" + name}, 2,
                     {"--set data.path=" + name + ": is not UTF-8"});
  playground.refused({"run", "c.json", "--out", "r", "--set", name + "=1"}, 2, {"--set " + name + "=1: is not UTF-8"});
  playground.good({"run", "c.json", "--out", name + "/r"});
  playground.good({"run", "c.json", "--out", name + "/r", "--force"});
  playground.good({"report", name + "/r"});
  CHECK(playground.good_json({"diff", name + "/r", name + "/r", "--json"})["same"] == true);
  playground.good({"equiv", "--estimator", "dsq", "--quantizer", "uniform", "--json", "--weights",
                   name + "/r/weights/q-hat-final.safetensors", "--out", name + ".safetensors"});
}
