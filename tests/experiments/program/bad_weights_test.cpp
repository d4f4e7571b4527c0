// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cmath>

#include "records/safetensors.hpp"
#include "tiny.hpp"

using namespace steq;
using testing::Playground;
using testing::tiny;

namespace {

/// The tiny experiment that starts from w.safetensors.
class WithWeights : public Playground {
 public:
  WithWeights() {
    Json config = tiny();
    config["init"] = {{"file", "w.safetensors"}};
    write_json("c.json", config);
  }
  void refused(const std::vector<StoredTensor>& tensors, const std::vector<std::string>& problems) const {
    write_safetensors(file("w.safetensors"), {.tensors = tensors, .metadata = {}});
    Playground::refused({"run", "c.json"}, 2, problems);
  }
};

StoredTensor tensor(const std::string& name, const std::vector<std::size_t>& shape) {
  StoredTensor stored{name, shape, {}};
  stored.data = std::vector<float>(stored.size(), 0.01f);
  return stored;
}

const StoredTensor kConv = tensor("conv1.weight", {4, 1, 5, 5}), kWeight = tensor("fc.weight", {10, 256}),
                   kBias = tensor("fc.bias", {10});

}  // namespace

TEST_CASE("a weights file that fits is taken", "[program]") {
  const WithWeights playground;
  write_safetensors(playground.file("w.safetensors"), {.tensors = {kBias, kConv, kWeight}, .metadata = {}});
  playground.good({"run", "c.json", "--out", "run"});
  CHECK(read_safetensors(playground.file("run/weights/q-hat-initial.safetensors")).tensors[0] == kConv);
}

TEST_CASE("a weights file that does not fit is refused with all that is wrong", "[program]") {
  const WithWeights playground;
  playground.refused({kConv, kWeight}, {"w.safetensors: tensor fc.bias: missing; required with shape [10]"});
  playground.refused(
      {tensor("conv1.weight", {4, 5, 5}), tensor("fc.weigth", {10, 256}), kBias, tensor("fc2.bias", {1})},
      {"w.safetensors: tensor conv1.weight: has shape [4, 5, 5]; allowed: [4, 1, 5, 5]",
       "w.safetensors: tensor fc.weigth: the network has no such tensor; allowed: conv1.weight, "
       "fc.weight, fc.bias; did you mean \"fc.weight\"?",
       "w.safetensors: tensor fc2.bias: the network has no such tensor; allowed: ",
       "w.safetensors: tensor fc.weight: missing; required with shape [10, 256]"});
}

TEST_CASE("what PyTorch saves beside the weights is left out, and its wrappers too", "[program]") {
  const WithWeights playground;
  const auto run = [&](const std::vector<StoredTensor>& tensors) {
    write_safetensors(playground.file("w.safetensors"), {.tensors = tensors, .metadata = {}});
    const testing::Outcome outcome = playground.steq({"run", "c.json", "--out", "run", "--force"});
    CHECK(outcome.code == 0);
    CHECK(read_safetensors(playground.file("run/weights/q-hat-initial.safetensors")).tensors[0] == kConv);
    return outcome.err;
  };
  CHECK_THAT(
      run({kConv, kWeight, kBias, {"bn.num_batches_tracked", {}, RawNumbers{"I64", "12345678"}}, tensor("head", {3})}),
      Catch::Contains("w.safetensors: the network does not have bn.num_batches_tracked (I64), head (F32); left out"));
  CHECK_THAT(run({tensor("module.conv1.weight", {4, 1, 5, 5}), tensor("module.fc.weight", {10, 256}),
                  tensor("module.fc.bias", {10})}),
             Catch::Contains("w.safetensors: module.conv1.weight is read as conv1.weight, and 2 others alike"));
}

TEST_CASE("weights of 16 bits are read, and integers are refused", "[program]") {
  const WithWeights playground;
  StoredTensor conv = kConv, bias = kBias;
  conv.data = RawNumbers{"BF16", std::string(200, '\0')};
  write_safetensors(playground.file("w.safetensors"), {.tensors = {conv, kWeight, kBias}, .metadata = {}});
  playground.good({"run", "c.json", "--out", "run"});
  const TensorFile initial = read_safetensors(playground.file("run/weights/q-hat-initial.safetensors"));
  CHECK(std::get<0>(initial.tensors[0].data) == std::vector<float>(100, 0.f));
  bias.data = RawNumbers{"I8", std::string(10, '\1')};
  playground.refused({kConv, kWeight, bias},
                     {"w.safetensors: tensor fc.bias: holds numbers of type I8; allowed: F64, F32, F16 or BF16"});
}

TEST_CASE("weights in another order are named as that", "[program]") {
  const WithWeights playground;
  playground.refused(
      {tensor("conv1.weight", {5, 5, 1, 4}), kWeight, kBias},
      {"w.safetensors: tensor conv1.weight: has shape [5, 5, 1, 4]; allowed: [4, 1, 5, 5], that is [out, in, "
       "...] as in PyTorch; Flax and Keras put the outputs last"});
}

TEST_CASE("weights that are not finite are refused", "[program]") {
  const WithWeights playground;
  StoredTensor conv = kConv, bias = kBias;
  std::get<0>(conv.data)[7] = NAN;
  std::get<0>(bias.data)[9] = -INFINITY;
  playground.refused({conv, kWeight, bias}, {"w.safetensors: tensor conv1.weight: element 7 is nan; allowed: finite",
                                             "w.safetensors: tensor fc.bias: element 9 is -inf; allowed: finite"});
}

TEST_CASE("a file that holds no weights is refused", "[program]") {
  const WithWeights playground;
  playground.Playground::refused({"run", "c.json"}, 2, {"w.safetensors: no such file; allowed: a safetensors file"});
  playground.write("w.safetensors", "PK\3\4 archive/data.pkl");
  playground.Playground::refused({"run", "c.json"}, 2,
                                 {"w.safetensors: is a PyTorch checkpoint, which can run programs"});
  playground.write("w.safetensors", "short");
  playground.Playground::refused({"run", "c.json"}, 2, {"w.safetensors: 5 bytes; a safetensors file has at least 8"});
  write_safetensors(playground.file("w.safetensors"), {.tensors = {kConv, kWeight, kBias}, .metadata = {}});
  playground.write("w.safetensors", playground.read("w.safetensors").substr(0, 1000));
  const std::string said = playground.steq({"run", "c.json"}).err;
  CHECK_THAT(said, Catch::StartsWith("steq: w.safetensors: tensor "));
}
