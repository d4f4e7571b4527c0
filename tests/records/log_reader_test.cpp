// SPDX-License-Identifier: MIT
// logs.h5 of other programs: what is optional never stops the rest.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "records/log_reader.hpp"
#include "sim/core/errors.hpp"
#include "tests/records/foreign_log.hpp"

using namespace steq;
using Catch::Contains;
using testing::ForeignLog;

namespace {

/// The log of one learner "net" with one tensor "w" of two weights, and what else a test adds to it.
class OneTensor {
 public:
  OneTensor() : log(directory_.path()) {
    log.tensor("/net/w", {.initial = {0, 1}, .weight = {0}, .step = {3}, .level = {1}});
  }

  LogReader read() {
    log.close();
    return LogReader(directory_.file("logs.h5"));
  }

 private:
  testing::TemporaryDirectory directory_;

 public:
  ForeignLog log;
};

/// That there is one remark, and what it says.
std::string remark(const LogReader& reader) {
  REQUIRE(reader.remarks().size() == 1);
  return reader.remarks()[0];
}

std::vector<double> float_levels(int count, double range) {
  std::vector<double> levels;
  for (int j = 0; j < count; ++j) {
    const float step = static_cast<float>(2 * range) / static_cast<float>(count - 1);
    levels.push_back(static_cast<double>(static_cast<float>(j) * step - static_cast<float>(range)));
  }
  return levels;
}

}  // namespace

TEST_CASE("levels of any whole numbers are read", "[logs]") {
  for (const hid_t type : {H5T_IEEE_F32LE, H5T_STD_U8LE, H5T_STD_I64BE}) {
    const testing::TemporaryDirectory directory;
    ForeignLog(directory.path()).tensor("/net/w", {.initial = {0, 3}, .weight = {1}, .step = {2}, .level = {0}}, type);
    const ChangePointLog log = LogReader(directory.file("logs.h5")).change_points("net", "w");
    CHECK(log.initial_levels() == std::vector<Level>{0, 3});
    CHECK(log[0].level == 0);
  }
}

TEST_CASE("levels in float are as evenly spaced as in double", "[logs]") {
  for (const int count : {4, 256, 4096, 32767})
    for (const double range : {0.1, 1.0, 3.7}) {
      CAPTURE(count, range);
      OneTensor in_float, in_double;
      in_float.log.put("/net/w/levels", float_levels(count, range), H5T_IEEE_F32LE);
      in_double.log.put("/net/w/levels", float_levels(count, range));
      const double delta = 2 * range / (count - 1);
      for (OneTensor* log : {&in_float, &in_double})
        CHECK(log->read().grid("net", "w")->delta == Approx(delta).epsilon(1e-5));
    }
  OneTensor uneven;
  uneven.log.put("/net/w/levels", {-1, 0, 1.01});
  CHECK(uneven.read().grid("net", "w")->delta == 0);
}

TEST_CASE("the range may stand alone, and nothing else is made of it", "[logs]") {
  OneTensor log;
  log.log.put("/net/w/range", {0.25});
  const LogReader reader = log.read();
  CHECK(reader.range("net", "w") == 0.25);
  CHECK_FALSE(reader.grid("net", "w"));
}

TEST_CASE("optional datasets that cannot be used are left out with a remark", "[logs]") {
  const auto grid_remark = [](const std::string& name, const std::vector<double>& values) {
    OneTensor log;
    if (name != "levels") log.log.put("/net/w/levels", {0, 1});
    const LogReader reader = (log.log.put("/net/w/" + name, values), log.read());
    CHECK_FALSE(reader.grid("net", "w"));
    CHECK_FALSE(reader.grid("net", "w"));  // a remark is made once
    CHECK(reader.change_points("net", "w").size() == 1);
    return remark(reader);
  };
  CHECK_THAT(grid_remark("levels", {1, 0}),
             Contains("/net/w/levels: not finite numbers in ascending order") && Contains("it is left out"));
  CHECK_THAT(grid_remark("levels", {0, NAN}), Contains("/net/w/levels: not finite"));
  CHECK_THAT(grid_remark("thresholds", {0, 1}), Contains("/net/w/thresholds: 2 of them for 2 levels"));
  CHECK_THAT(grid_remark("range", {0}), Contains("/net/w/range: 0 is not allowed; allowed: > 0"));
  OneTensor others;
  others.log.put("/net/test_logits", {1, 2, 3}).put("/test_labels", {0, 1}).group("/net/batch_loss");
  others.log.put("/net/w/path_length", {1, 2}).put("/net/steps", {1.5});
  const LogReader reader = others.read();
  CHECK(reader.logits("net").empty());
  CHECK(reader.batch_loss("net").empty());
  CHECK_FALSE(reader.path_length("net", "w"));
  CHECK_FALSE(reader.steps("net"));
  CHECK(reader.labels() == std::vector<std::uint32_t>{0, 1});
  REQUIRE(reader.remarks().size() == 4);
  CHECK_THAT(reader.remarks()[0], Contains("/net/test_logits: 3 values for 2 test_labels"));
  CHECK_THAT(reader.remarks()[1], Contains("/net/batch_loss: is a group"));
  CHECK_THAT(reader.remarks()[2], Contains("/net/w/path_length: 2 values; allowed: one"));
  CHECK_THAT(reader.remarks()[3], Contains("/net/steps: value 0 is 1.5"));
}

TEST_CASE("labels may be of any integer type and of many classes", "[logs]") {
  OneTensor log;
  log.log.put("/test_labels", {0, 999}, H5T_STD_I64LE).put("/net/test_logits", std::vector<double>(2000, 0.5));
  CHECK(log.read().labels() == std::vector<std::uint32_t>{0, 999});
  CHECK(log.read().logits("net").size() == 2000);
  OneTensor few;
  few.log.put("/test_labels", {0, 10}).put("/net/test_logits", std::vector<double>(20, 0.5));
  const LogReader reader = few.read();
  CHECK(reader.logits("net").empty());
  CHECK_THAT(remark(reader), Contains("/net/test_logits: of 10 classes, and there is a label 10"));
}

TEST_CASE("the number of updates is read where it is written", "[logs]") {
  OneTensor log;
  CHECK_FALSE(log.read().steps("net"));
  OneTensor told;
  told.log.put("/net/steps", {1000}, H5T_STD_I32LE);
  CHECK(told.read().steps("net") == 1000u);
  CHECK(told.read().last_change("net") == 3);
}

TEST_CASE("a log that another program is writing is told as that", "[logs]") {
  OneTensor log;
  log.read();
  const testing::TemporaryDirectory directory;
  ForeignLog(directory.path()).tensor("/net/w", {.initial = {0}});
  const int file = ::open(directory.file("logs.h5").c_str(), O_RDWR);
  REQUIRE(::flock(file, LOCK_EX | LOCK_NB) == 0);
  CHECK_THAT(testing::message<IoError>([&] { LogReader(directory.file("logs.h5")); }),
             Contains("logs.h5: cannot be read now: another program has it open for writing"));
  ::close(file);
  CHECK(LogReader(directory.file("logs.h5")).learners().size() == 1);
}
