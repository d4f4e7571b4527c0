// SPDX-License-Identifier: MIT
#include "plots/report/series.hpp"

#include <catch2/catch.hpp>

#include "records/log_file.hpp"
#include "small_run.hpp"

using namespace steq;
using testing::SmallRun;

TEST_CASE("batch losses of all learners stand over one axis") {
  const SmallRun small;
  const Curves curves = batch_losses(StoredRun(small.path()));
  CHECK(curves.labels == std::vector<std::string>{"a", SmallRun::kOther});
  CHECK(curves.x == std::vector<double>{0, 1, 2, 3, 4, 5});
  CHECK(curves.y[0] == std::vector<double>{2, 1, 1, 1, 1, 1});
  CHECK(curves.note.empty());
}

TEST_CASE("long losses are shown as means over blocks, the last one shorter") {
  const testing::TemporaryDirectory directory;
  std::vector<double> losses(2 * kMostPoints + 1);
  for (std::size_t i = 0; i < losses.size(); ++i) losses[i] = static_cast<double>(i);
  LogWriter writer(directory.file("logs.h5"));
  writer.write_change_points("a", "t", ChangePointLog({0}));
  writer.write_batch_loss("a", losses);
  writer.close();
  const Curves curves = batch_losses(StoredRun(directory.path()));
  REQUIRE(curves.x.size() == 1334);  // blocks of 3 steps: 4001 = 3 * 1333 + 2
  CHECK(curves.x[1] == 3);
  CHECK(curves.y[0][1] == 4);
  CHECK(curves.y[0].back() == 3999.5);
  CHECK(curves.note == "Each point is the mean over 3 steps.");
}

TEST_CASE("history over epochs has a gap where a learner has no entry") {
  const SmallRun small;
  testing::put(small.path() / "history.jsonl",
               "{\"learner\":\"a\",\"epoch\":1,\"test_accuracy\":0.5}\n"
               "{\"learner\":\"a\",\"epoch\":2,\"test_accuracy\":0.75}\n");
  const Curves curves = over_epochs(StoredRun(small.path()), "test_accuracy", "Test accuracy", "share");
  CHECK(curves.x == std::vector<double>{1, 2});
  CHECK(curves.y[0] == std::vector<double>{0.5, 0.75});
  CHECK(std::isnan(curves.y[1][0]));
}
