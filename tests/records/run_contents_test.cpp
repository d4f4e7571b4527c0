// SPDX-License-Identifier: MIT
#include "records/run_contents.hpp"

#include <catch2/catch.hpp>

#include "records/checkpoint.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using testing::put;
using testing::TemporaryDirectory;
namespace fs = std::filesystem;

namespace {

void put_in(const fs::path& path, const std::string& text = "x") {
  fs::create_directories(path.parent_path());
  put(path, text);
}

constexpr const char* kManifest = R"({"schema": 1, "steq": "0.1.0", "results": []})";

}  // namespace

TEST_CASE("A run is known by its own manifest, not by any", "[contents]") {
  const TemporaryDirectory directory;
  const auto is_run_with = [&](const std::string& manifest) {
    put(directory.file("manifest.json"), manifest);
    return is_run(directory.path());
  };
  CHECK_FALSE(is_run(directory.path()));
  CHECK(is_run_with(kManifest));
  for (const char* foreign : {R"({"name": "my pwa", "start_url": "/"})", R"({"manifest_version": 3, "version": "1"})",
                              R"({"schema": 1, "results": []})", R"({"schema": 2, "steq": "1", "results": []})",
                              R"({"schema": 1, "steq": 1, "results": []})", "[]", "", "{", "nonsense"})
    CHECK_FALSE(is_run_with(foreign));
}

TEST_CASE("A run that is not complete is known by its first file or its checkpoint, and by nothing else",
          "[contents]") {
  const TemporaryDirectory directory;
  const auto of = [&](const char* name) { return directory.path() / name; };
  fs::create_directory(of("empty"));
  CHECK(is_unfinished_run(of("empty")));
  put_in(of("half") / ".steq-7-1.tmp");
  CHECK(is_unfinished_run(of("half")));
  put_in(of("begun") / "config.json", R"({"name": "x", "learners": []})");
  put_in(of("begun") / "weights" / "q-initial.safetensors");
  put_in(of("begun") / "runs" / "c-1-0.partial" / "history.jsonl");
  put_in(of("begun") / "runs" / "c-1-0.partial.lock");
  CHECK(is_unfinished_run(of("begun")));
  fs::create_directory(of("saved"));
  write_checkpoint(of("saved"), {{{"step", 1}}, "state"});
  CHECK(is_unfinished_run(of("saved")));

  put_in(of("begun") / "thesis.tex");
  CHECK_FALSE(is_unfinished_run(of("begun")));
  put_in(of("app") / "config.json", R"({"name": "x", "version": 3})");
  CHECK_FALSE(is_unfinished_run(of("app")));
  put_in(of("figures only") / "figures" / "mine.svg");
  CHECK_FALSE(is_unfinished_run(of("figures only")));
}

TEST_CASE("A study is known by its kind", "[contents]") {
  const TemporaryDirectory directory;
  CHECK_FALSE(is_study(directory.path()));
  fs::create_directory(directory.path() / "runs");
  put(directory.file("config.json"), R"({"name": "x"})");
  CHECK_FALSE(is_study(directory.path()));
  put(directory.file("config.json"), R"({"kind": "study", "name": "x"})");
  CHECK(is_study(directory.path()));
}

TEST_CASE("Of a run everything is removed that a run or a report writes, and nothing else", "[contents]") {
  const TemporaryDirectory directory;
  const fs::path run = directory.path() / "run";
  for (const char* name : {"manifest.json", "config.json", "history.jsonl", "summary.json", "logs.h5", "report.html",
                           "checkpoint", "checkpoint.previous", "weights/q-final.safetensors", "figures/divergence.svg",
                           "figures/index.json", "tables/a.csv", "runs/c-1-0/weights/q-final.safetensors"})
    put_in(run / name);
  for (const char* name : {"notes.txt", "figures/mine.png", "weights/readme", "deep/er/config.json"})
    put_in(run / name);
  fs::create_directory_symlink(directory.path(), run / "link");
  CHECK(remove_run(run) ==
        std::vector<std::string>{"deep/er/config.json", "figures/mine.png", "link", "notes.txt", "weights/readme"});
  CHECK(fs::exists(run / "deep" / "er" / "config.json"));
  CHECK_FALSE(fs::exists(run / "tables"));

  put_in(directory.path() / "other" / "logs.h5");
  CHECK(remove_run(directory.path() / "other").empty());
  CHECK_FALSE(fs::exists(directory.path() / "other"));
}
