// SPDX-License-Identifier: MIT
#include "experiments/config/stage_files.hpp"

#include <catch2/catch.hpp>

using namespace steq;

namespace {

const Json kWithFiles = Json::parse(R"({
  "description": "stage: two", "init": {"file": "stage:pre/a.b"}, "data": {"path": "stage:pre/x"},
  "learners": [{"name": "a", "init": {"file": "w.safetensors"}},
               {"name": "b", "loss": {"type": "distillation", "teacher": {"model": "mlp", "file": "stage:big/teacher"}}}]
})");

}  // namespace

TEST_CASE("files of a config are the texts at keys called file, start and teacher alike", "[stages]") {
  std::vector<std::string> places;
  for (const NamedFile& file : named_files(kWithFiles)) {
    places.push_back(file.place);
    CHECK(kWithFiles[file.at] == file.text);
  }
  CHECK(places == std::vector<std::string>{"init.file", "learners[0].init.file", "learners[1].loss.teacher.file"});
}

TEST_CASE("stage:NAME/LEARNER names a stage and a learner of it", "[stages]") {
  const std::vector<StageFile> files = stage_files(kWithFiles);
  REQUIRE(files.size() == 2);
  CHECK(files[0].stage == "pre");
  CHECK(files[0].learner == "a.b");
  CHECK(files[1].stage == "big");
  CHECK(files[1].learner == "teacher");
  const Json placed = with_stage_files(kWithFiles, [](const StageFile& file) { return file.stage + ".safetensors"; });
  CHECK(placed["init"]["file"] == "pre.safetensors");
  CHECK(placed["learners"][1]["loss"]["teacher"]["file"] == "big.safetensors");
  CHECK(placed["learners"][0] == kWithFiles["learners"][0]);
  CHECK(refused_stage_files(kWithFiles).size() == 2);
  CHECK(refused_stage_files(placed).empty());
}
