// SPDX-License-Identifier: MIT
// diff and report on what other programs have recorded.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "foreign_diff.hpp"

using namespace steq;
using Catch::Contains;
using testing::diffed;
using testing::ForeignLog;
using testing::moving;
using testing::pair_of;
using testing::Playground;
using testing::Told;

namespace {

std::vector<StoredTensor> weights(const std::string& name, std::vector<double> values) {
  return {{name, {values.size(), 1}, std::move(values)}};
}

/// Two tensors with ranges 0.5 and 0.1, of two weights each; the second run's weights end farther by `off`.
void write_run(const Playground& playground, const std::string& name, double off, bool with_levels) {
  ForeignLog log(playground.path() / name);
  for (const auto& [tensor, range] : {std::pair("/net/a", 0.5), {"/net/b", 0.1}}) {
    log.tensor(tensor, moving({2}, 2)).put(std::string(tensor) + "/path_length", {2 * range});
    if (with_levels) log.put(std::string(tensor) + "/levels", {-range, -range / 3, range / 3, range}, H5T_IEEE_F32LE);
  }
  for (const char* snapshot : {"net-initial", "net-final"}) {
    const double here = std::string(snapshot) == "net-final" ? off : 0;
    log.weights(snapshot,
                {{"a", {2}, std::vector<double>{0.1 + here, 0.2}}, {"b", {2}, std::vector<double>{0.01, 0.02 + here}}});
  }
}

}  // namespace

TEST_CASE("alignment errors need levels, and say so", "[program]") {
  const Playground playground;
  write_run(playground, "a", 0.01, true), write_run(playground, "b", 0.03, true);
  const Json metrics = pair_of(playground, {"a", "b"})["metrics"];
  CHECK(metrics["alignment_error_per_bin"]["value"].get<double>() ==
        Approx((0.02 / 0.5 + 0.02 / 0.1) / (4 * 2.0 / 3)).epsilon(1e-6));
  CHECK(metrics["weight_alignment_error"]["value"].get<double>() ==
        Approx((0.02 / 0.5 + 0.02 / 0.1) / 4).epsilon(1e-6));
  write_run(playground, "na", 0.01, false), write_run(playground, "nb", 0.03, false);
  const Json without = pair_of(playground, {"na", "nb"})["metrics"];
  for (const char* name : {"weight_alignment_error", "alignment_error_per_bin", "alignment_error_per_displacement"}) {
    CAPTURE(name);
    CHECK(without[name]["value"].is_null());
    for (const char* run : {"a", "b"})
      CHECK(without[name]["missing"][run] == Json{"/net/a/levels (and 1 more tensors)"});
  }
  CHECK_THAT(diffed(playground, {"na", "nb"}).out,
             Contains("Undefined, because A has no /net/a/levels (and 1 more tensors) and B has no /net/a/levels"));
}

TEST_CASE("the report of logs says what its undefined metrics lack", "[program]") {
  const Playground playground;
  ForeignLog(playground.path() / "run").tensor("/dsq/w", moving({2})).tensor("/ste/w", moving({3}));
  playground.good({"report", "run"});
  CHECK_THAT(playground.read("run/report.html"),
             Contains("dsq / ste: Undefined, because dsq has no w in weights/dsq-final.safetensors"));
}

TEST_CASE("a range alone is enough for errors that need no bins", "[program]") {
  const Playground playground;
  for (const auto& [name, w] : {std::pair("a", 0.1), {"b", 0.3}})
    ForeignLog(playground.path() / name)
        .tensor("/net/w", moving({2}, 1))
        .put("/net/w/range", {0.5})
        .put("/net/w/path_length", {0.4})
        .weights("net-final", weights("w", {w}));
  const Json metrics = pair_of(playground, {"a", "b"})["metrics"];
  CHECK(metrics["weight_alignment_error"]["value"].get<double>() == Approx(0.5));
  CHECK(metrics["alignment_error_per_bin"]["value"].is_null());
  CHECK(metrics["alignment_error_per_bin"]["missing"]["b"] == Json{"/net/w/levels"});
}

TEST_CASE("a log that is only shorter is compared up to its end", "[program]") {
  const Playground playground;
  ForeignLog(playground.path() / "long").tensor("/net/w", moving({3, 5, 8, 20}));
  ForeignLog(playground.path() / "short").tensor("/net/w", moving({3, 5}));
  ForeignLog(playground.path() / "other").tensor("/net/w", moving({3, 6}));
  ForeignLog(playground.path() / "told").tensor("/net/w", moving({3, 5})).put("/net/steps", {30});
  for (const testing::Words& pair : {testing::Words{"long", "short"}, {"short", "long"}}) {
    const Json document = pair_of(playground, pair);
    CHECK(document["compared_until"] == 5);
    CHECK(document["first_divergence"].is_null());
    CHECK(document["identical"]["levels"] == true);
  }
  const Told told = diffed(playground, {"long", "short"});
  CHECK(told.code == 1);
  CHECK_THAT(told.out, Catch::StartsWith("Different runs, but the learners compared are identical up to step 5:") &&
                           Contains("Compared up to step 5, the last change point of B, because /net/steps of B is"));
  CHECK(pair_of(playground, {"long", "other"})["first_divergence"]["step"] == 5);
  CHECK_THAT(diffed(playground, {"long", "other"}).out, Contains("/net/steps of A, /net/steps of B"));
  CHECK(pair_of(playground, {"long", "told"})["first_divergence"]["step"] == 8);  // it is known to go on to step 30
  CHECK(diffed(playground, {"short", "short"}).code == 0);
}

TEST_CASE("what depends on the number of updates is undefined where nobody says it", "[program]") {
  const Playground playground;
  const auto row = [&](const std::string& run) {
    playground.good({"report", run, "--out", "page.html"});
    return testing::lines_of(playground.read(run + "/tables/oscillation.csv"))[1];
  };
  ForeignLog(playground.path() / "few").tensor("/net/w", moving({5, 5, 5}, 100));
  CHECK_THAT(row("few"), Catch::StartsWith("net,w,100,,3,,0,1,,,,,0,"));
  CHECK_THAT(playground.read("page.html"),
             Contains("They do not say how many updates each learner made") && !Contains("5 steps long"));
  CHECK_THAT(testing::lines_of(playground.read("few/tables/dwell-times.csv"))[1], Catch::EndsWith(","));
  ForeignLog(playground.path() / "told").tensor("/net/w", moving({5, 5, 5}, 100)).put("/net/steps", {1000});
  CHECK_THAT(row("told"), Catch::StartsWith("net,w,100,1000,3,3e-05,0,1,"));
}

TEST_CASE("groups, settings and losses of other programs do not stop diff and report", "[program]") {
  const Playground playground;
  for (const auto& [name, learner] : {std::pair("a", "/ste"), {"b", "/lsq"}})
    ForeignLog(playground.path() / name)
        .tensor(std::string(learner) + "/conv1.weight", moving({3, 40}))
        .group("/hyperparameters")
        .put("/metrics/loss", {1})
        .put(std::string(learner) + "/batch_loss", std::vector<double>(20, 1.0))
        .put("/test_labels", {-1})
        .json("config.json", name[0] == 'a' ? R"({"lr": 0.1})" : R"({"lr": 0.2})")
        .json("history.jsonl", "{\"learner\": \"ste\", \"test_loss\": 0.5}\n\n");
  const Told told = diffed(playground, {"a", "b"});
  CHECK(told.code == 0);
  CHECK_THAT(told.out, Catch::StartsWith("Identical: 1 learner") && Contains("lr"));
  CHECK_THAT(told.err, Contains("a/logs.h5: /ste/batch_loss: 20 values, with a change point at step 40") &&
                           Contains("b/logs.h5: /test_labels: value 0 is -1"));
  for (const char* run : {"a", "b"}) {
    const testing::Outcome report = playground.steq({"report", run, "--out", "page.html"});
    CAPTURE(report.err);
    CHECK(report.code == 0);
    CHECK_THAT(report.err, Contains("batch_loss: 20 values"));
  }
}

TEST_CASE("levels of other types are the same levels", "[program]") {
  const Playground playground;
  ForeignLog(playground.path() / "plain").tensor("/net/w", moving({3, 5}));
  ForeignLog(playground.path() / "float").tensor("/net/w", moving({3, 5}), H5T_IEEE_F32LE);
  ForeignLog(playground.path() / "thousand")
      .tensor("/net/w", moving({3, 5}))
      .put("/test_labels", {999, 0}, H5T_STD_I64LE)
      .put("/net/test_logits", std::vector<double>(2000, 0.0), H5T_IEEE_F32LE);
  for (const char* run : {"float", "thousand"}) {
    const Told told = diffed(playground, {"plain", run});
    CHECK(told.code == 0);
    CHECK(told.err.empty());
  }
}

TEST_CASE("floats and doubles of the same training are identical", "[program]") {
  const Playground playground;
  const std::vector<double> loss{0.1, 0.7, 1.0 / 3, 0.2, 0.3};
  ForeignLog(playground.path() / "a").tensor("/net/w", moving({3, 5})).put("/net/batch_loss", loss);
  ForeignLog(playground.path() / "b").tensor("/net/w", moving({3, 5})).put("/net/batch_loss", loss, H5T_IEEE_F32LE);
  CHECK(pair_of(playground, {"a", "b"})["identical"]["batch losses"] == true);
  std::vector<double> other = loss;
  other[2] += 1e-6;
  ForeignLog(playground.path() / "c").tensor("/net/w", moving({3, 5})).put("/net/batch_loss", other, H5T_IEEE_F32LE);
  CHECK(pair_of(playground, {"a", "c"})["identical"]["batch losses"] == false);
}

TEST_CASE("weights of other programs are opened once", "[program]") {
  if (std::system("command -v strace > /dev/null 2>&1") != 0) {
    WARN("strace is not installed: not tested");
    return;
  }
  const Playground playground;
  for (const char* name : {"a", "b"}) {
    ForeignLog log(playground.path() / name);
    std::vector<StoredTensor> tensors;
    for (int i = 0; i < 5; ++i) {
      log.tensor(fmt::format("/net/w{}", i), moving({3}, 4));
      tensors.push_back({fmt::format("w{}", i), {2, 2}, std::vector<float>(4)});
    }
    for (const char* snapshot : {"net-initial", "net-final"}) log.weights(snapshot, tensors);
  }
  const testing::Outcome traced = playground.shell(
      "export PATH=/usr/bin:/bin; strace -f -e trace=openat -o trace \"$0\" diff a b > /dev/null 2>&1; grep -c "
      "'safetensors\"' "
      "trace");
  CHECK(traced.out == "4\n");
}
