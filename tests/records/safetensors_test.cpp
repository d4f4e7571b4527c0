// SPDX-License-Identifier: MIT
#include "records/safetensors.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>

#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Contains;
using testing::TemporaryDirectory;

namespace {

/// A file as its layout says, written here by hand.
std::string file_of(const std::string& header, const std::string& data) {
  std::string bytes(1, static_cast<char>(header.size()));
  return bytes + std::string(7, '\0') + header + data;
}

std::string refusal_of_file(const std::string& bytes) {
  const TemporaryDirectory directory;
  testing::put(directory.file("w.safetensors"), bytes);
  return testing::message<InputError>([&] { read_safetensors(directory.file("w.safetensors")); });
}

std::string refused_entry(const std::string& entry) {
  return refusal_of_file(file_of("{\"a\":" + entry + "}", "12345678"));
}

const std::string kOne("\0\0\x80\x3f", 4);        // 1.0f
const std::string kTwo("\0\0\0\0\0\0\0\x40", 8);  // 2.0

}  // namespace

TEST_CASE("A file written by hand is read") {
  const TemporaryDirectory directory;
  testing::put(directory.file("w"), file_of(R"({"b":{"dtype":"F64","shape":[1,1],"data_offsets":[4,12]},)"
                                            R"("a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}})",
                                            kOne + kTwo));
  const TensorFile file = read_safetensors(directory.file("w"));
  REQUIRE(file.tensors.size() == 2);
  CHECK(file.tensors[0] == StoredTensor{"a", {}, std::vector<float>{1}});
  CHECK(file.tensors[1] == StoredTensor{"b", {1, 1}, std::vector<double>{2}});
  CHECK(file.metadata.empty());
}

TEST_CASE("The bytes written are those of the layout") {
  const TemporaryDirectory directory;
  write_safetensors(directory.file("w"), {.tensors = {{"a", {1}, std::vector<float>{1}}}, .metadata = {}});
  std::string header = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
  header.resize(56, ' ');
  CHECK(testing::get(directory.file("w")) == file_of(header, kOne));
}

TEST_CASE("Tensors and metadata survive writing and reading, bit by bit") {
  const TemporaryDirectory directory;
  const TensorFile file{
      .tensors = {{"conv1.weight", {2, 1, 1, 3}, std::vector<float>{0.1f, -0.f, 1e-42f, 3, INFINITY, 5}},
                  {"empty", {0, 4}, std::vector<float>{}},
                  {"fc.bias", {2}, std::vector<double>{0.1, std::numeric_limits<double>::denorm_min()}}},
      .metadata = {{"step", "12"}, {"learner", "q-hat"}}};
  write_safetensors(directory.file("w"), file);
  const TensorFile read = read_safetensors(directory.file("w"));
  CHECK(read.tensors == file.tensors);
  CHECK(read.metadata == file.metadata);
  CHECK(std::signbit(std::get<0>(read.tensors[0].data)[1]));
}

TEST_CASE("No tensors at all are a file, too") {
  const TemporaryDirectory directory;
  write_safetensors(directory.file("w"), {});
  CHECK(read_safetensors(directory.file("w")).tensors.empty());
}

TEST_CASE("Tensors that cannot be written are the caller's fault") {
  const TemporaryDirectory directory;
  const StoredTensor good{"a", {1}, std::vector<float>{1}}, bad{"b", {2}, std::vector<float>{1}};
  CHECK_THROWS_AS(write_safetensors(directory.file("w"), {.tensors = {bad}, .metadata = {}}), DomainError);
  CHECK_THROWS_AS(write_safetensors(directory.file("w"), {.tensors = {good, good}, .metadata = {}}), DomainError);
  CHECK(directory.entries() == 0);
}

TEST_CASE("A header that lies about the file is refused") {
  CHECK_THAT(refusal_of_file("1234567"), Contains("w.safetensors: 7 bytes; a safetensors file has at least 8"));
  CHECK_THAT(refusal_of_file(std::string(7, '\xff') + "\x7f{}"), Contains("allowed: at most the 2 that follow"));
  CHECK_THAT(refusal_of_file(file_of("{\"a\":", "")), Contains("w.safetensors: header: line 1, column 6"));
  CHECK_THAT(refusal_of_file(file_of("[]", "")), Contains("the header is []; allowed: an object"));
  CHECK_THAT(refusal_of_file(file_of(R"({"a":{},"a":{}})", "")), Contains("header: a: this key is given twice"));
  CHECK_THAT(refusal_of_file(file_of("{}", "123")), Contains("3 bytes of data; allowed: the 0 of its tensors"));
  CHECK_THAT(refusal_of_file(file_of(R"({"__metadata__":[]})", "")), Contains("__metadata__: [] is not allowed"));
  CHECK_THAT(refusal_of_file(file_of(R"({"__metadata__":{"step":1}})", "")),
             Contains("__metadata__.step: 1 is not allowed"));
}

TEST_CASE("A tensor that does not fit is named with what was found and what is allowed") {
  const auto entry = [](const std::string& type, const std::string& shape, const std::string& offsets) {
    return refused_entry("{\"dtype\":" + type + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}");
  };
  CHECK(entry("\"F32\"", "[2]", "[0,8]") == "no error");
  CHECK(entry("\"F64\"", "[1]", "[0,8]") == "no error");
  CHECK_THAT(refused_entry("1"),
             Contains("w.safetensors: tensor a: dtype is null; allowed: the name of a type, as \"F32\""));
  CHECK_THAT(entry("\"F16\"", "[3]", "[0,8]"), Contains("allowed: the bytes of shape [3] in \"F16\""));
  CHECK_THAT(entry("\"F4\"", "[15]", "[0,8]"), Contains("allowed: the bytes of shape [15] in \"F4\""));
  CHECK(entry("\"F4\"", "[4,4]", "[0,8]") == "no error");
  CHECK(entry("\"X7\"", "[9]", "[0,8]") == "no error");  // of a type to come
  CHECK_THAT(entry("\"X7\"", "[65]", "[0,8]"), Contains("allowed: the bytes of shape [65] in \"X7\""));
  CHECK_THAT(entry("\"F32\"", "[-2]", "[0,8]"), Contains("tensor a: shape is [-2]; allowed: an array of sizes"));
  CHECK_THAT(entry("\"F32\"", "2", "[0,8]"), Contains("tensor a: shape is 2;"));
  CHECK_THAT(entry("\"F32\"", "[2]", "[0]"), Contains("tensor a: data_offsets is [0]; allowed: [begin, end]"));
  CHECK_THAT(entry("\"F32\"", "[2]", "[8,0]"), Contains("allowed: ascending and within the 8 bytes of data"));
  CHECK_THAT(entry("\"F32\"", "[2]", "[8,16]"), Contains("allowed: ascending and within the 8 bytes of data"));
  CHECK_THAT(entry("\"F32\"", "[3]", "[0,8]"),
             Contains("data_offsets is [0,8]; allowed: the bytes of shape [3] in \"F32\""));
  CHECK_THAT(entry("\"F32\"", "[1]", "[4,8]"), Contains("tensor a: begins at byte 4 of the data; allowed: 0"));
  CHECK_THAT(entry("\"F32\"", "[1]", "[0,4]"), Contains("8 bytes of data; allowed: the 4 of its tensors"));
}

TEST_CASE("Tensors of other types pass through as they are") {
  const TemporaryDirectory directory;
  const std::string header = R"({"f":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                             R"("n":{"dtype":"I64","shape":[],"data_offsets":[4,12]},)"
                             R"("m":{"dtype":"BOOL","shape":[3],"data_offsets":[12,15]},)"
                             R"("e":{"dtype":"F8_E4M3","shape":[0,7],"data_offsets":[15,15]}})";
  testing::put(directory.file("w"), std::string(1, static_cast<char>(header.size() % 256)) +
                                        std::string(1, static_cast<char>(header.size() / 256)) + std::string(6, '\0') +
                                        header + kOne + "12345678" + "abc");
  const TensorFile file = read_safetensors(directory.file("w"));
  REQUIRE(file.tensors.size() == 4);
  CHECK(file.tensors[1] == StoredTensor{"n", {}, RawNumbers{"I64", "12345678"}});
  CHECK(file.tensors[2].dtype() == "BOOL");
  write_safetensors(directory.file("again"), file);
  CHECK(read_safetensors(directory.file("again")).tensors == file.tensors);
  StoredTensor mask = file.tensors[2];
  CHECK(testing::message<InputError>([&] { make_numbers(mask, "here"); }) ==
        "here: holds numbers of type BOOL; allowed: F64, F32, F16 or BF16");
}

TEST_CASE("numbers of 16 bits become those of 32 that they are") {
  const auto values = [](const std::string& type, const std::vector<std::uint16_t>& bits) {
    std::string bytes(2 * bits.size(), '\0');
    std::memcpy(bytes.data(), bits.data(), bytes.size());
    return values_of({"w", {bits.size()}, RawNumbers{type, bytes}}, "w");
  };
  CHECK(values("BF16", {0x3f80, 0xc040, 0x0001}) == std::vector<double>{1, -3, std::ldexp(1.0, -133)});
  CHECK(values("F16", {0x3c00, 0xc200, 0x3555, 0x7bff, 0x0001, 0x03ff, 0x8400}) ==
        std::vector<double>{1, -3, 1365.0 / 4096, 65504, std::ldexp(1.0, -24), std::ldexp(1023.0, -24),
                            -std::ldexp(1.0, -14)});
  const std::vector<double> odd = values("F16", {0x7c00, 0xfc00, 0x7e01, 0x8000});
  CHECK((odd[0] == INFINITY && odd[1] == -INFINITY && std::isnan(odd[2]) && std::signbit(odd[3])));
}

TEST_CASE("A file may have very many tensors") {
  const TemporaryDirectory directory;
  TensorFile file;
  for (int i = 0; i < 12'000; ++i) file.tensors.push_back({"layer" + std::to_string(i), {1}, std::vector<float>{1}});
  write_safetensors(directory.file("w"), file);
  CHECK(read_safetensors(directory.file("w")).tensors == file.tensors);
}

TEST_CASE("Sizes whose product overflows are refused, not allocated") {
  for (const char* shape : {"[4294967296,4294967296]", "[9223372036854775808,2]", "[4611686018427387906]"})
    CHECK_THAT(refused_entry(std::string(R"({"dtype":"F32","shape":)") + shape + R"(,"data_offsets":[0,8]})"),
               Contains("allowed: the bytes of shape"));
}

TEST_CASE("Tensors must not overlap") {
  CHECK_THAT(refusal_of_file(file_of(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                                     R"("b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                                     "12345678")),
             Contains("tensor b: begins at byte 4 of the data; allowed: 8"));
}

TEST_CASE("A file cut off anywhere is refused") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("w");
  write_safetensors(path, {.tensors = {{"a", {3}, std::vector<float>{1, 2, 3}}}, .metadata = {}});
  const std::string whole = testing::get(path);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    testing::put(path, whole.substr(0, size));
    CHECK_THROWS_AS(read_safetensors(path), InputError);
  }
}

TEST_CASE("A single changed byte of the header is refused or read, never trusted") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("w");
  write_safetensors(path, {.tensors = {{"a", {3}, std::vector<float>{1, 2, 3}}}, .metadata = {}});
  const std::string whole = testing::get(path);
  for (std::size_t i = 0; i < whole.size() - 12; ++i)
    for (const int flip : {1, 16, 128}) {
      std::string bytes = whole;
      bytes[i] = static_cast<char>(bytes[i] ^ flip);
      testing::put(path, bytes);
      try {
        for (const StoredTensor& tensor : read_safetensors(path).tensors)
          if (tensor.dtype() == "F32") CHECK(std::get<0>(tensor.data).size() == tensor.size());
      } catch (const InputError&) {
      }
    }
}
