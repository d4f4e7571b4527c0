// SPDX-License-Identifier: MIT
#include "records/hdf5_read.hpp"

#include <fmt/ranges.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "records/hdf5_dataset.hpp"
#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Contains;
using testing::TemporaryDirectory;

namespace {

/// A file with one dataset "x" of a type of the test's choice.
class OneDataset {
 public:
  template <class T>
  OneDataset(hid_t in_file, hid_t in_memory, std::vector<hsize_t> dims, const std::vector<T>& values) {
    prepare_hdf5();
    file_ = {H5Fcreate(path().c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose};
    const Hdf5Handle space(H5Screate_simple(static_cast<int>(dims.size()), dims.data(), nullptr), H5Sclose);
    const Hdf5Handle set(H5Dcreate2(file_.id(), "x", in_file, space.id(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                         H5Dclose);
    H5Dwrite(set.id(), in_memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    H5Fflush(file_.id(), H5F_SCOPE_GLOBAL);
  }

  std::string path() const { return directory_.file("f.h5"); }

  template <class T>
  std::vector<T> read() const {
    return read_hdf5<T>(file_, path(), "x");
  }
  std::vector<double> row(std::size_t row) const { return read_hdf5_row(file_, path(), "x", row); }

  template <class T>
  std::string refusal() const {
    return testing::message<InputError>([&] { read<T>(); });
  }

 private:
  TemporaryDirectory directory_;
  Hdf5Handle file_;
};

/// What reading a dataset of levels says of which nothing was written, in a file of `padding` bytes more.
std::string refusal_of_unwritten(hsize_t size, hsize_t chunk, std::size_t padding) {
  prepare_hdf5();
  const TemporaryDirectory directory;
  const std::string path = directory.file("f.h5");
  const Hdf5Handle file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose);
  const hsize_t most = H5S_UNLIMITED;
  const Hdf5Handle space(H5Screate_simple(1, &size, &most), H5Sclose);
  const Hdf5Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  H5Pset_chunk(properties.id(), 1, &chunk);  // so that nothing is allocated
  const Hdf5Handle set(H5Dcreate2(file.id(), "x", H5T_STD_I16LE, space.id(), H5P_DEFAULT, properties.id(), H5P_DEFAULT),
                       H5Dclose);
  REQUIRE(set);
  H5Fflush(file.id(), H5F_SCOPE_GLOBAL);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) + padding);
  return testing::message<InputError>([&] { read_hdf5<std::int16_t>(file, path, "x"); });
}

}  // namespace

template <class T>
std::string as_text(const std::vector<T>& values) {
  return fmt::format("{}", fmt::join(values, " "));
}

TEST_CASE("booleans and whole numbers of floating-point types are integers") {
  const Hdf5Handle truth(H5Tenum_create(H5T_NATIVE_INT8), H5Tclose);  // as h5py writes bool
  for (const std::int8_t value : {std::int8_t{0}, std::int8_t{1}})
    H5Tenum_insert(truth.id(), value ? "TRUE" : "FALSE", &value);
  const std::vector<std::int8_t> bits{0, 1, 1, 0};
  const OneDataset logical(truth.id(), truth.id(), {4}, bits);
  CHECK(as_text(logical.read<std::int16_t>()) == "0 1 1 0");
  CHECK(as_text(OneDataset(H5T_STD_B8LE, H5T_NATIVE_B8, {4}, bits).read<std::uint32_t>()) == "0 1 1 0");
  for (const hid_t type : {H5T_IEEE_F32LE, H5T_IEEE_F64BE})
    CHECK(as_text(OneDataset(type, H5T_NATIVE_DOUBLE, {3}, std::vector<double>{0, -3, 32767}).read<std::int16_t>()) ==
          "0 -3 32767");
  const auto refused = [](double value) {
    return OneDataset(H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, {2}, std::vector<double>{1, value}).refusal<std::int16_t>();
  };
  CHECK_THAT(refused(2.5), Contains("x: value 1 is 2.5; allowed: whole numbers from -32768 to 32767"));
  CHECK_THAT(refused(32768), Contains("value 1 is 32768;"));
  CHECK_THAT(refused(NAN), Contains("value 1 is nan;"));
}

TEST_CASE("values in other files are not read") {
  prepare_hdf5();
  const TemporaryDirectory directory;
  testing::put(directory.file("other"), std::string(8, 'x'));
  const Hdf5Handle file(H5Fcreate(directory.file("f.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose);
  const hsize_t size = 1;
  const Hdf5Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose);
  const Hdf5Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  H5Pset_external(properties.id(), directory.file("other").c_str(), 0, 8);
  const Hdf5Handle set(
      H5Dcreate2(file.id(), "x", H5T_IEEE_F64LE, space.id(), H5P_DEFAULT, properties.id(), H5P_DEFAULT), H5Dclose);
  REQUIRE(set);
  CHECK_THAT(testing::message<UnusableDataset>([&] { read_hdf5<double>(file, directory.file("f.h5"), "x"); }),
             Contains("x: lies in other files"));
  const Hdf5Handle group(H5Gcreate2(file.id(), "g", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
  CHECK_THAT(testing::message<UnusableDataset>([&] { read_hdf5<double>(file, directory.file("f.h5"), "g"); }),
             Contains("g: is a group; allowed: a dataset"));
}

TEST_CASE("integers of other widths and byte orders are read where they fit") {
  const std::vector<long long> levels{0, 3, 32767, -32768};
  for (const hid_t type : {H5T_STD_I16LE, H5T_STD_I16BE, H5T_STD_I32LE, H5T_STD_I64BE})
    CHECK(OneDataset(type, H5T_NATIVE_LLONG, {2, 2}, levels).read<std::int16_t>() ==
          std::vector<std::int16_t>{0, 3, 32767, -32768});
  CHECK(OneDataset(H5T_STD_U64LE, H5T_NATIVE_LLONG, {1}, std::vector<long long>{4294967295}).read<std::uint32_t>() ==
        std::vector<std::uint32_t>{4294967295u});
}

TEST_CASE("an integer that does not fit is refused, not clipped") {
  const OneDataset wide(H5T_STD_I64LE, H5T_NATIVE_LLONG, {2}, std::vector<long long>{7, -1});
  CHECK_THAT(wide.refusal<std::uint32_t>(),
             Contains("f.h5: x: value 1 is -1; allowed: whole numbers from 0 to 4294967295"));
  CHECK(wide.read<std::int16_t>() == std::vector<std::int16_t>{7, -1});
  const OneDataset high(H5T_STD_I32LE, H5T_NATIVE_LLONG, {1}, std::vector<long long>{32768});
  CHECK_THAT(high.refusal<std::int16_t>(), Contains("value 0 is 32768; allowed: whole numbers from -32768 to 32767"));
}

TEST_CASE("fractions are not taken for integers, and text not for numbers") {
  const OneDataset floats(H5T_IEEE_F32LE, H5T_NATIVE_DOUBLE, {2}, std::vector<double>{1, 2.5});
  CHECK_THAT(floats.refusal<std::int16_t>(), Contains("x: value 1 is 2.5"));
  CHECK(floats.read<double>() == std::vector<double>{1, 2.5});
  const OneDataset integers(H5T_STD_I32LE, H5T_NATIVE_LLONG, {2}, std::vector<long long>{1, 2});
  CHECK(integers.read<double>() == std::vector<double>{1, 2});
  const Hdf5Handle text(H5Tcopy(H5T_C_S1), H5Tclose);
  const OneDataset letters(text.id(), text.id(), {2}, std::vector<char>{'a', 'b'});
  CHECK_THAT(letters.refusal<std::int16_t>(), Contains("x: holds no integers"));
  CHECK_THAT(letters.refusal<double>(), Contains("x: holds no numbers"));
}

TEST_CASE("one row is read alone") {
  const OneDataset table(H5T_IEEE_F32LE, H5T_NATIVE_DOUBLE, {3, 2}, std::vector<double>{1, 2, 3, 4, 5, 6});
  CHECK(table.row(0) == std::vector<double>{1, 2});
  CHECK(table.row(2) == std::vector<double>{5, 6});
  CHECK_THAT(testing::message<InputError>([&] { table.row(3); }), Contains("x: has 3 rows, row 3 was asked for"));
  const OneDataset flat(H5T_IEEE_F32LE, H5T_NATIVE_DOUBLE, {6}, std::vector<double>(6));
  CHECK_THAT(testing::message<InputError>([&] { flat.row(0); }), Contains("x: is no table"));
}

TEST_CASE("a size that the file cannot hold is not believed") {
  const hsize_t huge = hsize_t{1} << 40;
  CHECK_THAT(refusal_of_unwritten(huge, 1024, 0), Contains("x: damaged: larger than its file can be"));
  CHECK_THAT(refusal_of_unwritten(8, 1 << 30, 0), Contains("x: damaged: larger than its file can be"));
  CHECK_THAT(refusal_of_unwritten(1 << 24, 1024, 30 << 20),
             Contains("larger than its file can be"));                                       // of others' data
  CHECK(refusal_of_unwritten(1 << 20, 1024, 0) == "no error");                               // the fill value
  CHECK_THAT(refusal_of_unwritten(1 << 20, 1, 0), Contains("larger than its file can be"));  // a million chunks
}
