// SPDX-License-Identifier: MIT
#include "records/stored_run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "records/manifest.hpp"
#include "records/stored_learner.hpp"
#include "sim/core/errors.hpp"
#include "tests/records/foreign_log.hpp"

using namespace steq;
using Catch::Contains;
using testing::ForeignLog;
using testing::TemporaryDirectory;
using Names = std::vector<std::string>;

namespace {

const testing::ForeignTensor kLast40{.initial = {0, 0}, .weight = {0, 1}, .step = {3, 40}, .level = {1, 1}};

std::string refusal_of_run(const TemporaryDirectory& directory) {
  return testing::message<InputError>([&] {
    const StoredRun run(directory.path());
    for (const std::string& learner : run.learners()) StoredLearner(run, learner);
  });
}

/// "a/b kind", one for each pair.
Names pairs(const StoredRun& run) {
  Names names;
  for (const Json& c : run.comparisons())
    names.push_back(
        fmt::format("{}/{} {}", c["a"].get<std::string>(), c["b"].get<std::string>(), c["kind"].get<std::string>()));
  return names;
}

}  // namespace

TEST_CASE("the number of updates is known where something says it, and never guessed", "[stored]") {
  const TemporaryDirectory directory;
  const auto steps = [&](const auto& add) {
    ForeignLog log(directory.path());
    log.tensor("/net/w", kLast40);
    add(log);
    log.close();
    const StoredRun run(directory.path());
    CHECK(run.steps() >= 40);
    return run.known_steps("net");
  };
  CHECK_FALSE(steps([](ForeignLog&) {}));
  CHECK(steps([](ForeignLog& log) { log.put("/net/steps", {1000}); }) == 1000u);
  CHECK(steps([](ForeignLog& log) { log.put("/net/batch_loss", std::vector<double>(60, 1.0)); }) == 60u);
  CHECK_FALSE(steps([](ForeignLog& log) { log.put("/net/batch_loss", std::vector<double>(20, 1.0)); }));
  CHECK(steps([](ForeignLog& log) { log.json("summary.json", R"({"steps": 90})"); }) == 90u);
  CHECK(steps([](ForeignLog& log) { log.put("/net/steps", {50}); }) == 50u);  // the learner's own goes first
}

TEST_CASE("losses that are not one for each update are left out", "[stored]") {
  const TemporaryDirectory directory;
  ForeignLog(directory.path()).tensor("/net/w", kLast40).put("/net/batch_loss", std::vector<double>(20, 1.0));
  const StoredRun run(directory.path());
  CHECK(run.batch_loss("net").empty());
  REQUIRE(run.remarks().size() == 1);
  CHECK_THAT(run.remarks()[0], Contains("/net/batch_loss: 20 values, with a change point at step 40; allowed: one for "
                                        "each update; it is left out"));
  ForeignLog(directory.path() / "told")
      .tensor("/net/w", kLast40)
      .put("/net/steps", {100})
      .put("/net/batch_loss", std::vector<double>(99, 1.0));
  const StoredRun told(directory.path() / "told");
  CHECK(told.batch_loss("net").empty());
  CHECK_THAT(told.remarks()[0], Contains("99 values, with a number of updates of 100"));
}

TEST_CASE("what was not recorded of a learner stays unknown", "[stored]") {
  const TemporaryDirectory directory;
  ForeignLog(directory.path())
      .tensor("/net/v", kLast40)
      .tensor("/net/w", kLast40)
      .put("/net/v/levels", {-1, 1})
      .put("/net/w/range", {0.5});
  const StoredRun run(directory.path());
  const StoredLearner learner(run, "net");
  const TensorTrace &v = learner.trace().tensors[0], &w = learner.trace().tensors[1];
  CHECK((v.grid.range == 1 && v.grid.delta == 2));
  CHECK((w.grid.range == 0.5 && w.grid.levels.empty() && w.grid.delta == 0));
  ForeignLog(directory.path() / "bare").tensor("/net/w", kLast40);
  const StoredRun bare(directory.path() / "bare");
  CHECK(std::isnan(StoredLearner(bare, "net").trace().tensors[0].grid.range));
}

TEST_CASE("a change point after the last update is refused", "[stored]") {
  const TemporaryDirectory directory;
  ForeignLog(directory.path()).tensor("/net/w", kLast40).put("/net/steps", {39});
  CHECK_THAT(refusal_of_run(directory), Contains("logs.h5: /net/w: a change point at step 40, after the last one"));
}

TEST_CASE("weights are named as in the log, in any type that holds numbers", "[stored]") {
  const TemporaryDirectory directory;
  const std::string half("\0\x3c\0\xc0", 4);  // 1, -2
  ForeignLog(directory.path())
      .tensor("/net/w", kLast40)
      .weights("net-initial",
               {{"module.w", {2, 1}, std::vector<float>{1, 2}}, {"n", {}, RawNumbers{"I64", "12345678"}}})
      .weights("net-final", {{"w", {2, 1}, RawNumbers{"F16", half}}});
  const StoredRun run(directory.path());
  CHECK(run.weights("net", "initial", "w") == std::vector<double>{1, 2});
  CHECK(run.weights("net", "final", "w") == std::vector<double>{1, -2});
  CHECK(run.shape("net", "w") == std::vector<std::size_t>{2, 1});
  CHECK(run.weight_tensors("net", "initial").size() == 1);
  REQUIRE(run.remarks().size() == 1);
  CHECK_THAT(run.remarks()[0], Contains("net-initial.safetensors: module.w is read as w"));
  ForeignLog(directory.path() / "integers")
      .tensor("/net/w", kLast40)
      .weights("net-final", {{"w", {2}, RawNumbers{"I8", "ab"}}});
  const StoredRun integers(directory.path() / "integers");
  CHECK_FALSE(integers.weights("net", "final", "w"));
  CHECK_THAT(integers.remarks().back(), Contains("tensor w: holds numbers of type I8"));
}

TEST_CASE("weights of another number than the log's are refused", "[stored]") {
  const TemporaryDirectory directory;
  ForeignLog(directory.path())
      .tensor("/net/w", kLast40)
      .weights("net-final", {{"w", {3}, std::vector<float>{1, 2, 3}}});
  CHECK_THAT(refusal_of_run(directory),
             Contains("net-final.safetensors: tensor w: has 3 values; allowed: 2, as in logs.h5"));
}

TEST_CASE("weights are held against the manifest", "[stored]") {
  const TemporaryDirectory directory;
  ForeignLog(directory.path()).tensor("/net/w", kLast40).weights("net-final", {{"w", {2}, std::vector<float>{1, 2}}});
  testing::put(directory.path() / "manifest.json", manifest({.results = directory.path()}).dump());
  CHECK(refusal_of_run(directory) == "no error");
  const auto file = directory.path() / "weights" / "net-final.safetensors";
  std::string bytes = testing::get(file);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  testing::put(file, bytes);
  CHECK_THAT(refusal_of_run(directory),
             Contains("net-final.safetensors: damaged or changed: its SHA-256 is not the one in"));
}

TEST_CASE("weights of another format are told", "[stored]") {
  const TemporaryDirectory directory;
  ForeignLog(directory.path()).tensor("/net/w", kLast40);
  std::filesystem::create_directory(directory.path() / "weights");
  testing::put(directory.path() / "weights" / "net-final.pt", "PK");
  const StoredRun run(directory.path());
  CHECK_FALSE(run.weights("net", "final", "w"));
  CHECK_THAT(run.remarks().at(0), Contains("net-final.pt: is left out; allowed: a safetensors file"));
}

TEST_CASE("pairs are those of the summary, else the first learner with the others; the user may name controls",
          "[stored]") {
  const TemporaryDirectory directory;
  ForeignLog log(directory.path());
  for (const char* name : {"/dsq/w", "/dsq-jitter/w", "/ste/w"}) log.tensor(name, kLast40);
  log.tensor("/other/v", kLast40).close();
  CHECK(pairs(StoredRun(directory.path())) == Names{"dsq/dsq-jitter other", "dsq/ste other"});
  const NamedControls controls{{PairKind::jitter, "ste", "dsq-jitter"}, {PairKind::rounding, "no", "where"}};
  CHECK(pairs(StoredRun(directory.path(), controls)) == Names{"ste/dsq other", "ste/dsq-jitter jitter"});
  log.json("summary.json", R"({"comparisons": [{"a": "dsq", "b": "ste", "kind": "equivalent"},
                                               {"a": "dsq", "b": "dsq-jitter", "kind": "other"}]})");
  CHECK(pairs(StoredRun(directory.path(), {{PairKind::jitter, "dsq", "dsq-jitter"}})) ==
        Names{"dsq/ste equivalent", "dsq/dsq-jitter jitter"});
  log.json("summary.json", R"({"comparisons": [{"a": "dsq", "b": "stee", "kind": "jitter"}]})");
  CHECK_THAT(refusal_of_run(directory),
             Contains("summary.json: comparisons[0].b: no learner \"stee\"; allowed: dsq,") &&
                 Contains("did you mean \"ste\"?"));
  log.json("summary.json", R"({"comparisons": [{"a": "dsq", "b": "ste"}]})");
  CHECK_THAT(refusal_of_run(directory), Contains("summary.json: comparisons[0].kind: null is not allowed; allowed: "));
}

TEST_CASE("empty lines in a history are no epochs", "[stored]") {
  const TemporaryDirectory directory;
  ForeignLog(directory.path())
      .tensor("/net/w", kLast40)
      .json("history.jsonl", "{\"learner\": \"net\", \"epoch\": 1}\r\n\n{\"learner\": \"net\", \"epoch\": 2}\n \n");
  CHECK(StoredRun(directory.path()).history().size() == 2);
}

TEST_CASE("the config of another program is not taken for one of ours", "[stored]") {
  const TemporaryDirectory directory;
  ForeignLog(directory.path()).tensor("/net/w", kLast40).json("config.json", R"({"lr": 0.1, "kind": "resnet"})");
  const StoredRun run(directory.path());
  CHECK(run.config().is_null());
  CHECK(run.any_config()["lr"] == 0.1);
}

TEST_CASE("a directory that cannot be read is told as that", "[stored]") {
  if (::geteuid() == 0) {
    WARN("root may read everything: not tested");
    return;
  }
  const TemporaryDirectory directory;
  ForeignLog(directory.path() / "run").tensor("/net/w", kLast40);
  std::filesystem::permissions(directory.path() / "run", std::filesystem::perms::none);
  CHECK_THAT(testing::message<IoError>([&] { StoredRun(directory.path() / "run"); }),
             Contains("run: cannot be read: Permission denied"));
  std::filesystem::permissions(directory.path() / "run", std::filesystem::perms::owner_all);
}
