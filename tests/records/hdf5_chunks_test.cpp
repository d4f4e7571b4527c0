// SPDX-License-Identifier: MIT
#include "records/hdf5_chunks.hpp"

#include <zlib.h>

#include <catch2/catch.hpp>

#include "records/hdf5_read.hpp"
#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Contains;
using testing::TemporaryDirectory;

namespace {

/// A file with a dataset "x" of four doubles in chunks of two, packed as the test likes.
class Chunks {
 public:
  explicit Chunks(const std::function<void(hid_t)>& filter) {
    prepare_hdf5();
    file_ = {H5Fcreate(path().c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose};
    const hsize_t size = 4, chunk = 2;
    const Hdf5Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose);
    const Hdf5Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    H5Pset_chunk(properties.id(), 1, &chunk);
    filter(properties.id());
    set_ = {H5Dcreate2(file_.id(), "x", H5T_IEEE_F64LE, space.id(), H5P_DEFAULT, properties.id(), H5P_DEFAULT),
            H5Dclose};
    const std::vector<double> values{1, 2, 3, 4};
    H5Dwrite(set_.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    H5Fflush(file_.id(), H5F_SCOPE_GLOBAL);
  }

  /// The bytes of the second chunk become those, said to be written without the filters `left_out`.
  void overwrite(const std::vector<Bytef>& bytes, std::uint32_t left_out) const {
    const hsize_t place = 2;
    REQUIRE(H5Dwrite_chunk(set_.id(), H5P_DEFAULT, left_out, &place, bytes.size(), bytes.data()) >= 0);
    H5Fflush(file_.id(), H5F_SCOPE_GLOBAL);
  }

  std::vector<double> read() const { return read_hdf5<double>(file_, path(), "x"); }
  std::string refusal() const {
    return testing::message<InputError>([&] { read(); });
  }
  /// What a check of these rows alone says.
  std::string refusal(hsize_t first, hsize_t end) const {
    return testing::message<InputError>([&] { check_hdf5_chunks(Hdf5Dataset(file_, path(), "x"), first, end); });
  }

 private:
  std::string path() const { return directory_.file("f.h5"); }

  TemporaryDirectory directory_;
  Hdf5Handle file_, set_;
};

void gzip(hid_t properties) { H5Pset_deflate(properties, 4); }

std::vector<Bytef> packed(const std::vector<double>& values) {
  std::vector<Bytef> bytes(1000);
  uLongf size = bytes.size();
  REQUIRE(compress(bytes.data(), &size, reinterpret_cast<const Bytef*>(values.data()),
                   sizeof(double) * values.size()) == Z_OK);
  bytes.resize(size);
  return bytes;
}

}  // namespace

TEST_CASE("chunks that unpack to their size are read") {
  const std::vector<double> values{1, 2, 3, 4};
  CHECK(Chunks([](hid_t) {}).read() == values);
  CHECK(Chunks(gzip).read() == values);
  CHECK(Chunks([](hid_t p) {
          H5Pset_shuffle(p);
          gzip(p);
        }).read() == values);
  const Chunks mended(gzip);
  mended.overwrite(packed({5, 6}), 0);
  CHECK(mended.read() == std::vector<double>{1, 2, 5, 6});
}

TEST_CASE("a chunk that unpacks to another size is refused, and so is one that does not unpack") {
  const Chunks file(gzip);
  file.overwrite(packed({5}), 0);
  CHECK_THAT(file.refusal(), Contains("f.h5: x: damaged: the chunk at [2] has 8 bytes, not 16"));
  CHECK(file.refusal(0, 2) == "no error");  // other rows
  CHECK_THAT(file.refusal(2, 3), Contains("the chunk at [2]"));
  file.overwrite(packed(std::vector<double>(100)), 0);
  CHECK_THAT(file.refusal(), Contains("x: damaged: the chunk at [2] has 800 bytes, not 16"));
  file.overwrite(std::vector<Bytef>(12, 1), 1);  // said not to be packed
  CHECK_THAT(file.refusal(), Contains("x: damaged: the chunk at [2] has 12 bytes, not 16"));
  file.overwrite(std::vector<Bytef>(13, 1), 0);
  CHECK_THAT(file.refusal(), Contains("x: damaged: the chunk at [2] has 0 bytes, not 16"));
}

TEST_CASE("a filter whose result cannot be checked is refused") {
  CHECK_THAT(
      Chunks([](hid_t p) { H5Pset_nbit(p); }).refusal(),
      Contains("x: is packed by HDF5's filter 5 (nbit); allowed: shuffle, deflate (that is gzip) and fletcher32"));
  CHECK_THAT(Chunks([](hid_t p) {
               gzip(p);
               gzip(p);
             }).refusal(),
             Contains("x: is packed twice"));
}

TEST_CASE("chunks with a checksum are read, wherever it stands, and refused where it is wrong") {
  const std::vector<double> values{1, 2, 3, 4};
  const Chunks last([](hid_t p) {
    gzip(p);
    H5Pset_fletcher32(p);
  });
  CHECK(last.read() == values);
  CHECK(Chunks([](hid_t p) {
          H5Pset_fletcher32(p);
          gzip(p);
        }).read() == values);
  const Chunks alone([](hid_t p) { H5Pset_fletcher32(p); });
  CHECK(alone.read() == values);
  alone.overwrite(std::vector<Bytef>(20, 1), 0);
  CHECK_THAT(alone.refusal(), Contains("x: cannot be read: ") && Contains("Fletcher32"));
  alone.overwrite(std::vector<Bytef>(3, 1), 0);
  CHECK_THAT(alone.refusal(), Contains("the chunk at [2] has 0 bytes, not 16"));
  last.overwrite(std::vector<Bytef>(2, 1), 0);
  CHECK_THAT(last.refusal(), Contains("the chunk at [2] has 0 bytes, not 16"));
}

TEST_CASE("chunks that are not packed are read at their places, whatever size the file gives for one") {
  const Chunks file([](hid_t) {});
  file.overwrite(std::vector<Bytef>(8, 0), 0);  // less than a chunk has
  const std::vector<double> read = file.read();
  CHECK((read.size() == 4 && read[0] == 1 && read[1] == 2 && read[2] == 0));
}

TEST_CASE("a dataset of very many chunks takes no longer than its values") {
  prepare_hdf5();
  const TemporaryDirectory directory;
  const Hdf5Handle file(H5Fcreate(directory.file("f.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose);
  const hsize_t size = 40'000, chunk = 1;
  const Hdf5Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose);
  const Hdf5Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  H5Pset_chunk(properties.id(), 1, &chunk);
  gzip(properties.id());
  std::vector<double> values(size);
  for (std::size_t i = 0; i < size; ++i) values[i] = static_cast<double>(i);
  const Hdf5Handle set(
      H5Dcreate2(file.id(), "x", H5T_IEEE_F64LE, space.id(), H5P_DEFAULT, properties.id(), H5P_DEFAULT), H5Dclose);
  H5Dwrite(set.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
  H5Fflush(file.id(), H5F_SCOPE_GLOBAL);
  CHECK(read_hdf5<double>(file, directory.file("f.h5"), "x") == values);
}
