// SPDX-License-Identifier: MIT
#include "records/log_file.hpp"
#include "records/log_reader.hpp"

#include <hdf5.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Contains;
using testing::TemporaryDirectory;

namespace {

ChangePointLog small_log() {
  ChangePointLog log({0, 3, 1});
  log.append({2, 1, 2});
  log.append({0, 4, 1});
  return log;
}

void write_example(const std::string& path) {
  LogWriter writer(path);
  writer.write_change_points("q-hat", "conv1.weight", small_log());
  writer.write_change_points("q-hat", "conv2.weight", ChangePointLog({1, 1}));
  writer.write_batch_loss("q-hat", std::vector<double>{2.5, 0.1});
  writer.write_batch_loss("ste", std::vector<double>{});
  for (const Step step : {0u, 3u, 4u}) {
    const std::vector<float> weights{0.1f, static_cast<float>(step), -1};
    writer.append_latent("q-hat", "conv1.weight", weights);
    writer.append_latent_step("q-hat", step);
  }
  writer.close();
}

/// Class, size and sign of a dataset's numbers in the file, by the library itself.
struct Stored {
  H5T_class_t kind;
  std::size_t size;
  bool is_signed;
  std::vector<hsize_t> dims;
  int filters;
  bool timestamps = true;

  Stored(const std::string& path, const std::string& name) {
    const Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
    const Hdf5Handle set(H5Dopen2(file.id(), name.c_str(), H5P_DEFAULT), H5Dclose);
    REQUIRE(set);
    const Hdf5Handle type(H5Dget_type(set.id()), H5Tclose), space(H5Dget_space(set.id()), H5Sclose);
    const Hdf5Handle properties(H5Dget_create_plist(set.id()), H5Pclose);
    kind = H5Tget_class(type.id()), size = H5Tget_size(type.id());
    is_signed = kind == H5T_INTEGER && H5Tget_sign(type.id()) == H5T_SGN_2;
    dims.resize(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space.id())));
    H5Sget_simple_extent_dims(space.id(), dims.data(), nullptr);
    filters = H5Pget_nfilters(properties.id());
    H5O_info_t info{};
    H5Oget_info2(set.id(), &info, H5O_INFO_TIME);
    timestamps = info.ctime != 0;
  }
};

}  // namespace

TEST_CASE("The file has the layout, types and sizes that others rely on") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("logs.h5");
  write_example(path);
  const auto check = [&](const std::string& name, H5T_class_t kind, std::size_t size, bool sign,
                         std::vector<hsize_t> dims) {
    INFO(name);
    const Stored stored(path, name);
    CHECK((stored.kind == kind && stored.size == size && stored.is_signed == sign));
    CHECK(stored.dims == dims);
    CHECK(stored.filters == 2);
    CHECK_FALSE(stored.timestamps);  // or else equal logs would differ in the file
  };
  check("/q-hat/conv1.weight/initial_levels", H5T_INTEGER, 2, true, {3});
  check("/q-hat/conv1.weight/change_points/weight", H5T_INTEGER, 4, false, {2});
  check("/q-hat/conv1.weight/change_points/step", H5T_INTEGER, 4, false, {2});
  check("/q-hat/conv1.weight/change_points/level", H5T_INTEGER, 2, true, {2});
  check("/q-hat/conv2.weight/change_points/level", H5T_INTEGER, 2, true, {0});
  check("/q-hat/conv1.weight/latent", H5T_FLOAT, 4, false, {3, 3});
  check("/q-hat/latent_steps", H5T_INTEGER, 4, false, {3});
  check("/q-hat/batch_loss", H5T_FLOAT, 8, false, {2});
  check("/ste/batch_loss", H5T_FLOAT, 8, false, {0});
}

TEST_CASE("What was written is read back") {
  const TemporaryDirectory directory;
  write_example(directory.file("logs.h5"));
  const LogReader reader(directory.file("logs.h5"));
  CHECK(reader.learners() == std::vector<std::string>{"q-hat"});  // no tensor of the other one was recorded
  CHECK(reader.tensors("q-hat") == std::vector<std::string>{"conv1.weight", "conv2.weight"});
  CHECK(reader.tensors("ste").empty());
  const ChangePointLog log = reader.change_points("q-hat", "conv1.weight"), written = small_log();
  CHECK(log.initial_levels() == written.initial_levels());
  CHECK(log.weights() == written.weights());
  CHECK(log.steps() == written.steps());
  CHECK(log.levels() == written.levels());
  CHECK(reader.change_points("q-hat", "conv2.weight").size() == 0);
  CHECK(reader.batch_loss("q-hat") == std::vector<double>{2.5, 0.1});
  CHECK(reader.batch_loss("ste").empty());
  CHECK(reader.latent_steps("q-hat") == std::vector<Step>{0, 3, 4});
  CHECK(reader.latent("q-hat", "conv1.weight") == std::vector<double>{0.1f, 0, -1, 0.1f, 3, -1, 0.1f, 4, -1});
}

TEST_CASE("Labels are bytes as long as they fit") {
  const TemporaryDirectory directory;
  const auto stored = [&](const std::vector<std::uint32_t>& labels) {
    LogWriter writer(directory.file("logs.h5"));
    writer.write_labels(labels);
    writer.close();
    CHECK(LogReader(directory.file("logs.h5")).labels() == labels);
    return Stored(directory.file("logs.h5"), "/test_labels").size;
  };
  CHECK(stored({0, 255}) == 1);
  CHECK(stored({0, 999}) == 4);
}

TEST_CASE("Latent weights in double keep every bit, over many chunks") {
  const TemporaryDirectory directory;
  std::vector<double> all;
  {
    LogWriter writer(directory.file("a"));
    for (int record = 0; record < 5; ++record) {
      std::vector<double> row(70001);
      for (std::size_t i = 0; i < row.size(); ++i) row[i] = 1.0 / static_cast<double>(i + 1) + record;
      writer.append_latent("a", "fc.weight", row);
      writer.append_latent_step("a", static_cast<Step>(record));
      all.insert(all.end(), row.begin(), row.end());
    }
    writer.close();
  }
  CHECK(LogReader(directory.file("a")).latent("a", "fc.weight") == all);
  CHECK(Stored(directory.file("a"), "/a/fc.weight/latent").size == 8);
}

TEST_CASE("Equal logs are equal files") {
  const TemporaryDirectory directory;
  write_example(directory.file("a"));
  write_example(directory.file("b"));
  CHECK(testing::get(directory.file("a")) == testing::get(directory.file("b")));
}

TEST_CASE("Repetitive change points are compressed") {
  const TemporaryDirectory directory;
  ChangePointLog log(std::vector<Level>(1000, 1));
  for (Step step = 1; step <= 1000; ++step)
    for (WeightIndex weight = 0; weight < 100; ++weight) log.append({weight, step, static_cast<Level>(1 + step % 2)});
  {
    LogWriter writer(directory.file("a"));
    writer.write_change_points("a", "t", log);
    writer.close();
  }
  CHECK(std::filesystem::file_size(directory.file("a")) < 100000);
  CHECK(LogReader(directory.file("a")).change_points("a", "t").steps() == log.steps());
}

TEST_CASE("What cannot be created is an IoError with the system's reason") {
  const TemporaryDirectory directory;
  CHECK_THAT(testing::message<IoError>([&] { LogWriter(directory.file("no/where")); }),
             Contains("no/where: cannot create: No such file or directory"));
}

// In a process of its own: after a failed close, the library keeps the file's memory until the end.
TEST_CASE("A full disk is an IoError at the latest when the file is closed") {
  const TemporaryDirectory directory;
  std::filesystem::create_symlink("/dev/full", directory.file("logs.h5"));
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string text = testing::message<IoError>([&] { write_example(directory.file("logs.h5")); });
    ::_exit(text.ends_with("No space left on device") ? 0 : 1);
  }
  int status = -1;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}

TEST_CASE("What is no log file, or lacks what is asked for, is refused") {
  const TemporaryDirectory directory;
  testing::put(directory.file("text"), "not HDF5");
  CHECK_THAT(testing::message<InputError>([&] { LogReader(directory.file("text")); }), Contains("not a readable HDF5"));
  CHECK_THROWS_AS(LogReader(directory.file("none")), InputError);
  write_example(directory.file("logs.h5"));
  const LogReader reader(directory.file("logs.h5"));
  CHECK(reader.tensors("nobody").empty());
  CHECK(reader.batch_loss("nobody").empty());
  CHECK_THAT(testing::message<InputError>([&] { reader.change_points("ste", "x"); }),
             Contains("has no dataset /ste/x/initial_levels"));
}
