// SPDX-License-Identifier: MIT
#include "records/foreign_weights.hpp"

#include <catch2/catch.hpp>

#include "records/safetensors.hpp"
#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Contains;

namespace {

std::string refusal_of_weights(const std::string& bytes) {
  const testing::TemporaryDirectory directory;
  testing::put(directory.file("w"), bytes);
  return testing::message<InputError>([&] { read_safetensors(directory.file("w")); });
}

}  // namespace

TEST_CASE("files of other programs are called by their names", "[safetensors]") {
  const std::string rest(100, 'x');
  CHECK_THAT(refusal_of_weights("PK\3\4......archive/data.pkl" + rest),
             Contains("w: is a PyTorch checkpoint") && Contains("safetensors.torch.save_file(torch.load("));
  CHECK_THAT(refusal_of_weights("PK\3\4......conv1.npy" + rest), Contains("w: is an archive of NumPy arrays"));
  CHECK_THAT(refusal_of_weights("PK\3\4" + rest), Contains("w: is a zip archive"));
  CHECK_THAT(refusal_of_weights("\x80\2}q" + rest), Contains("w: is a PyTorch checkpoint or another pickle"));
  CHECK_THAT(refusal_of_weights("\x89HDF\r\n\x1a\n" + rest), Contains("w: is an HDF5 file"));
  CHECK_THAT(refusal_of_weights("version https://git-lfs.github.com/spec/v1\n"), Contains("git lfs pull"));
  CHECK_THAT(refusal_of_weights("{\"weight_map\": {}}" + rest), Contains("w: is a JSON file"));
}

TEST_CASE("a safetensors file that begins like another one is read", "[safetensors]") {
  const testing::TemporaryDirectory directory;
  const std::string entry = R"("a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]})";
  const auto read = [&](std::size_t length) {  // of the header, whose lowest byte comes first
    std::string header = "{" + entry + "}";
    header.resize(length, ' ');
    std::string bytes(8, '\0');
    bytes[0] = static_cast<char>(length % 256);
    bytes[1] = static_cast<char>(length / 256);
    testing::put(directory.file("w"), bytes + header);
    return read_safetensors(directory.file("w")).tensors.size();
  };
  CHECK(read(0x0280) == 1);  // the first bytes of a pickle
  CHECK(read('{') == 1);
  CHECK(foreign_weights(std::string(8, '\0')).empty());
}
