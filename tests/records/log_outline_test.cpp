// SPDX-License-Identifier: MIT
#include "records/log_outline.hpp"

#include <catch2/catch.hpp>

#include "records/log_reader.hpp"
#include "sim/core/errors.hpp"
#include "tests/records/foreign_log.hpp"

using namespace steq;
using Catch::Contains;
using testing::ForeignLog;
using Names = std::vector<std::string>;

namespace {

const testing::ForeignTensor kTensor{.initial = {0, 1}};

struct Log {
  testing::TemporaryDirectory directory;
  std::string file = directory.file("logs.h5");
};

}  // namespace

TEST_CASE("groups without change points are no learners and no tensors", "[logs]") {
  const Log log;
  ForeignLog(log.directory.path())
      .tensor("/ste/conv1.weight", kTensor)
      .tensor("/ste/fc.weight", kTensor)
      .put("/ste/optimizer/momentum", {0.9})
      .group("/hyperparameters")
      .put("/metrics/loss", {1, 2})
      .put("/metrics/val/loss", {1})
      .put("/seed", {3});
  const LogReader reader(log.file);
  CHECK(reader.learners() == Names{"ste"});
  CHECK(reader.tensors("ste") == Names{"conv1.weight", "fc.weight"});
  CHECK(reader.remarks().empty());
}

TEST_CASE("a tensor of which a part is missing is not passed over", "[logs]") {
  const Log log;
  ForeignLog(log.directory.path()).put("/ste/w/initial_levels", {0}).group("/tanh/w/change_points");
  const LogReader reader(log.file);
  CHECK(reader.learners() == Names{"ste", "tanh"});
  CHECK_THAT(testing::message<InputError>([&] { reader.change_points("ste", "w"); }),
             Contains("has no dataset /ste/w/change_points/weight"));
  CHECK_THAT(testing::message<InputError>([&] { reader.change_points("tanh", "w"); }),
             Contains("has no dataset /tanh/w/initial_levels"));
}

TEST_CASE("change points one group too deep or too high are told", "[logs]") {
  const Log log;
  const auto refusal = [&] { return testing::message<InputError>([&] { LogReader{log.file}; }); };
  ForeignLog(log.directory.path()).tensor("/net/Conv_0/kernel", kTensor).tensor("/net/fc.weight", kTensor);
  CHECK_THAT(refusal(), Contains("logs.h5: /net/Conv_0/kernel holds change points, one group too deep; allowed: "
                                 "/LEARNER/TENSOR, with a dot for each slash") &&
                            Contains("Conv_0.kernel"));
  ForeignLog(log.directory.path()).tensor("/conv1.weight", kTensor);
  CHECK_THAT(refusal(), Contains("/conv1.weight holds change points, without a group for its learner; allowed: "
                                 "/LEARNER/TENSOR, as /ste/conv1.weight"));
}

TEST_CASE("links are followed within the file alone", "[logs]") {
  const Log log;
  ForeignLog(log.directory.path()).tensor("/ste/w", kTensor);
  {
    const Hdf5Handle file(H5Fopen(log.file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
    H5Lcreate_soft("/ste", file.id(), "alias", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcreate_soft("/nowhere", file.id(), "dangling", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcreate_external("other.h5", "/x", file.id(), "elsewhere", H5P_DEFAULT, H5P_DEFAULT);
  }
  const LogReader reader(log.file);
  CHECK(reader.learners() == Names{"alias", "ste"});
  REQUIRE(reader.remarks().size() == 1);
  CHECK_THAT(reader.remarks()[0], Contains("/elsewhere lies in another file, and is left out"));
}
