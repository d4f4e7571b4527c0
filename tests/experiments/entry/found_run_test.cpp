// SPDX-License-Identifier: MIT
#include "experiments/entry/found_run.hpp"

#include <catch2/catch.hpp>

#include "records/build_info.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Contains;
using testing::message;
using testing::put;
namespace fs = std::filesystem;

namespace {

const Json kFoundConfig =
    Json::parse(R"({"name": "x", "learners": [], "seed": 1, "data": {"path": "here"}, "init": {"file": "w"}})");
const Json kFiles =
    Json::parse(R"({"data": [{"file": "here/images", "sha256": "1"}], "init": [{"file": "w", "sha256": "2"}]})");

RunIdentity identity(const std::string& pointer = "", const Json& value = nullptr) {
  Json config = kFoundConfig;
  if (!pointer.empty()) config[Json::json_pointer(pointer)] = value;
  return {.config = config,
          .reread = [](const Json& json, const std::string&) { return json; },
          .files = [] { return kFiles; }};
}

class Place : public testing::TemporaryDirectory {
 public:
  fs::path run = path() / "run", staging = path() / "run.partial";

  void write_results(const std::string& status, const Json& config = kFoundConfig) const {
    fs::create_directories(run);
    put(run / "config.json", config.dump());
    put(run / "summary.json", Json{{"status", status}}.dump());
    Json manifest{{"schema", 1}, {"steq", "0"}, {"results", Json::array()}};
    manifest.update(kFiles);
    put(run / "manifest.json", manifest.dump());
  }
  void write_state(const fs::path& directory, const RunIdentity& of = identity()) const {
    fs::create_directories(directory);
    Json facts = checkpoint_facts(of);
    facts["step"] = 3;
    write_checkpoint(directory, {facts, "state"});
  }
  RunState state(const RunIdentity& wanted = identity()) const { return find_run(run, wanted).state; }
  std::string refusal(Wish wish, const RunIdentity& wanted = identity()) const {
    return message<InputError>([&] { required_action(find_run(run, wanted), wish); });
  }
};

}  // namespace

TEST_CASE("What is there is told by its contents", "[entry]") {
  const Place place;
  CHECK(place.state() == RunState::none);
  fs::create_directory(place.run);
  CHECK(place.state() == RunState::none);
  fs::create_directory(place.staging);
  CHECK(place.state() == RunState::cut_off);
  put(place.staging / "thesis", "mine");
  CHECK(place.state() == RunState::foreign);
  fs::remove(place.staging / "thesis");
  place.write_state(place.staging);
  CHECK(place.state() == RunState::saved);
  CHECK(find_run(place.run, identity()).checkpoint->checkpoint.about["step"] == 3);
  fs::remove_all(place.staging);

  place.write_results("complete");
  CHECK(place.state() == RunState::complete);
  place.write_results("diverged");
  CHECK(place.state() == RunState::complete);
  place.write_results("interrupted");
  CHECK(place.state() == RunState::stopped);
  place.write_state(place.run);
  CHECK(place.state() == RunState::interrupted);
  fs::remove(place.run / "manifest.json");
  CHECK(place.state() == RunState::foreign);
}

TEST_CASE("What was cut off beside a directory does not count, a checkpoint does", "[entry]") {
  const Place place;
  place.write_results("complete");
  fs::create_directory(place.staging);
  CHECK(place.state() == RunState::complete);
  place.write_state(place.staging);
  CHECK(place.state() == RunState::replacing);
}

TEST_CASE("Other settings, another build and damage make it another run, and are named", "[entry]") {
  const Place place;
  place.write_state(place.staging);
  const RunIdentity other = identity("/seed", 5);
  CHECK(place.state(other) == RunState::another);
  CHECK(place.refusal(Wish::resume, other) == "config seed: 1 in the checkpoint, 5 now; allowed: the same as before");
  CHECK_THAT(place.refusal(Wish::begin, other), Contains("run.partial: holds another run (config seed: 1, not 5)"));

  const Json build = build_json();
  for (const auto& [key, unused] : build.items()) {
    Json facts = checkpoint_facts(identity());
    facts["build"][key] = "older";
    write_checkpoint(place.staging, {facts, "state"});
    CHECK_THAT(place.refusal(Wish::resume), Catch::StartsWith("build " + key + ": \"older\" in the checkpoint"));
  }
  for (const char* name : {"checkpoint", "checkpoint.previous"}) put(place.staging / name, "nonsense");
  CHECK(place.state() == RunState::another);
  CHECK_THAT(place.refusal(Wish::either), Contains("checkpoint is damaged"));
  CHECK_THAT(place.refusal(Wish::resume), Contains("checkpoint: is damaged"));
  CHECK(required_action(find_run(place.run, identity()), Wish::replace) == Action::begin);
  fs::remove_all(place.staging);

  place.write_results("complete");
  CHECK(place.state(identity("/name", "y")) == RunState::complete);
  CHECK_THAT(place.refusal(Wish::either, other), Contains("run: holds another run (seed: 1, not 5)"));
  put(place.run / "summary.json", "[]");
  CHECK(place.state() == RunState::another);
  put(place.run / "config.json", "{");
  CHECK(place.state() == RunState::another);
}

TEST_CASE("Files are known by their contents and not by where they lie", "[entry]") {
  const Place place;
  RunIdentity moved = identity("/data/path", "there");
  place.write_state(place.staging);
  CHECK(place.state(moved) == RunState::saved);
  const Json about = find_run(place.run, moved).checkpoint->checkpoint.about;
  CHECK_NOTHROW(require_same_files(about, moved));
  const std::vector<std::pair<std::string, std::string>> changes{
      {"/data/0/sha256", "data images: SHA-256 \"1\" in the checkpoint, SHA-256 \"9\" now"},
      {"/init/0/sha256", "init w: SHA-256 \"2\" in the checkpoint"}};
  for (const auto& [pointer, text] : changes) {
    Json files = kFiles;
    files[Json::json_pointer(pointer)] = "9";
    moved.files = [files] { return files; };
    CHECK_THAT(message<InputError>([&] { require_same_files(about, moved); }), Catch::StartsWith(text));
  }
  fs::remove_all(place.staging);

  place.write_results("complete");
  CHECK(place.state(moved) == RunState::another);  // the last change
  moved.files = [] { return kFiles; };
  CHECK(place.state(moved) == RunState::complete);
  moved.files = []() -> Json { throw InputError("there", "no such directory"); };
  CHECK(message<InputError>([&] { place.state(moved); }) == "there: no such directory");
  CHECK(place.state() == RunState::complete);  // the same place: nobody needs to read it
}
