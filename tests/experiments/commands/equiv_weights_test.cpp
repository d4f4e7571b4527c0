// SPDX-License-Identifier: MIT
#include "experiments/commands/equiv_weights.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "records/safetensors.hpp"
#include "sim/core/errors.hpp"
#include "sim/core/random.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Contains;
using testing::TemporaryDirectory;

namespace {

const Spec kDsq{"dsq", {{"k", 6.5}}};
const Spec kTwoBits{"uniform", {{"bits", std::int64_t{2}}}};

/// Uniform on [-1.1 W, 1.1 W], W = sqrt(6 / fan_in): some weights lie outside the range.
template <class T>
StoredTensor tensor(const std::string& name, const std::vector<std::size_t>& shape) {
  StoredTensor stored{name, shape, std::vector<T>()};
  const std::size_t fan_in = stored.size() / shape[0];
  const double range = std::sqrt(6.0 / static_cast<double>(fan_in));
  RandomStream stream(3, Purpose::initial_weights, 0, 0);
  auto& data = std::get<std::vector<T>>(stored.data);
  for (std::size_t i = 0; i < stored.size(); ++i)
    data.push_back(static_cast<T>(1.1 * range * (stream() * 0x1p-31 - 1)));
  return stored;
}

template <class T>
TensorFile network() {
  return {.tensors = {tensor<T>("conv1.weight", {4, 3, 5, 5}), tensor<T>("conv1.bias", {4}),
                      tensor<T>("fc.weight", {10, 24}), tensor<T>("norm.scale", {2, 3})},
          .metadata = {{"made", "by hand"}}};
}

/// The files of one mapping in a directory of its own.
struct Mapping {
  explicit Mapping(const TensorFile& in) { write_safetensors(options.file, in); }
  Json operator()(const Spec& estimator = kDsq, const Spec& quantizer = kTwoBits) {
    const MappedWeights mapped = map_weights(estimator, quantizer, options);
    notes = mapped.notes;
    return mapped.tensors;
  }
  std::string refusal(const Spec& estimator = kDsq, const Spec& quantizer = kTwoBits) {
    const bool before = std::filesystem::exists(options.out);
    const std::string said = testing::message<InputError>([&] { (*this)(estimator, quantizer); });
    CHECK(std::filesystem::exists(options.out) == before);
    return said;
  }
  TensorFile result() const { return read_safetensors(options.out); }

  TemporaryDirectory directory;
  WeightsOptions options{.file = directory.file("in"), .out = directory.file("out")};
  std::vector<std::string> notes{};
};

const Spec kWithRange{"uniform", {{"bits", std::int64_t{2}}, {"range", 2.0}}};

/// The closed form of M on a grid of 2 bits, outside [-W, W] continued with its period.
double mapped(double w, double range) {
  const double delta = 2 * range / 3, kappa = 6.5 / range, e = kappa * delta / 2;
  const double c = delta * std::round(w / delta), u = w - c, x = kappa * u;
  return c + delta / 2 * (x + std::sinh(x) * std::cosh(x)) / (e + std::sinh(e) * std::cosh(e));
}

template <class T>
void check_round_trip(double tolerance) {
  Mapping there(network<T>());
  there();
  Mapping back(there.result());
  back.options.inverse = true;
  back();
  const TensorFile before = network<T>(), after = back.result();
  CHECK(after.metadata == before.metadata);
  for (std::size_t t = 0; t < before.tensors.size(); ++t) {
    CHECK(after.tensors[t].name == before.tensors[t].name);
    const auto &a = std::get<std::vector<T>>(before.tensors[t].data),
               &b = std::get<std::vector<T>>(after.tensors[t].data);
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) CHECK(std::abs(a[i] - b[i]) <= tolerance);
  }
}

}  // namespace

TEST_CASE("weights mapped there and back are the same weights", "[equiv]") {
  check_round_trip<float>(1e-6);
  check_round_trip<double>(1e-12);
}

TEST_CASE("each weight tensor is mapped on the grid of its own fan-in, the others stay", "[equiv]") {
  Mapping mapping(network<double>());
  const Json mappings = mapping();
  REQUIRE(mappings.size() == 2);
  CHECK(mappings[0]["name"] == "conv1.weight");
  CHECK(mappings[0]["range"].get<double>() == Approx(std::sqrt(6.0 / 75)));
  CHECK(mappings[1]["name"] == "fc.weight");
  CHECK(mappings[1]["range"].get<double>() == Approx(0.5));
  CHECK(mappings[1]["alpha"].get<double>() == Approx(0.454376).margin(1e-6));
  const TensorFile before = network<double>(), after = mapping.result();
  for (const std::size_t t : {1, 3}) CHECK(after.tensors[t] == before.tensors[t]);
  for (const std::size_t t : {0, 2}) {
    const auto &w = std::get<1>(before.tensors[t].data), &m = std::get<1>(after.tensors[t].data);
    const double range = mappings[t / 2]["range"];
    for (std::size_t i = 0; i < w.size(); ++i) CHECK(m[i] == Approx(mapped(w[i], range)).margin(1e-14));
  }
}

TEST_CASE("the precision of a tensor is kept", "[equiv]") {
  TensorFile mixed = network<float>();
  mixed.tensors.push_back(tensor<double>("fc2.weight", {5, 10}));
  Mapping mapping(mixed);
  mapping();
  CHECK(std::holds_alternative<std::vector<float>>(mapping.result().tensors[0].data));
  CHECK(std::holds_alternative<std::vector<double>>(mapping.result().tensors[4].data));
}

TEST_CASE("the quantizer's own range goes before the fan-in, and tensors can be chosen by name", "[equiv]") {
  Mapping mapping(network<double>());
  mapping.options.tensors = {"norm.scale"};
  const Json mappings = mapping(kDsq, kWithRange);
  REQUIRE(mappings.size() == 1);
  CHECK(mappings[0]["range"] == 2.0);
  const TensorFile before = network<double>(), after = mapping.result();
  CHECK(after.tensors[0] == before.tensors[0]);
  CHECK(std::get<1>(after.tensors[3].data)[0] ==
        Approx(mapped(std::get<1>(before.tensors[3].data)[0], 2)).margin(1e-14));
}

TEST_CASE("an existing file is replaced with force only", "[equiv]") {
  Mapping mapping(network<float>());
  testing::put(mapping.options.out, "old");
  CHECK_THAT(mapping.refusal(), Catch::StartsWith("--out: ") && Contains("exists; use --force to replace it"));
  CHECK(testing::get(mapping.options.out) == "old");
  mapping.options.force = true;
  mapping();
  CHECK(mapping.result().tensors.size() == 4);
  mapping.options.out = mapping.directory.path().string();
  CHECK_THAT(mapping.refusal(), Contains("is a directory; allowed: the name of a file"));
}

TEST_CASE("what cannot be mapped is refused, and nothing is written", "[equiv]") {
  TensorFile file = network<float>();
  std::get<0>(file.tensors[2].data)[3] = NAN;
  Mapping mapping(file);
  CHECK_THAT(mapping.refusal(), Contains("in: tensor fc.weight: element 3 is nan; allowed: finite numbers"));
  mapping.options.tensors = {"conv1.weigth", "conv1.bias", "fc3.weight"};
  CHECK_THAT(mapping.refusal(), Contains("has no tensor \"conv1.weigth\"; allowed: conv1.weight, ") &&
                                    Contains("did you mean \"conv1.weight\"?") && Contains("\"fc3.weight\""));
  mapping.options.tensors = {"conv1.bias"};
  CHECK_THAT(mapping.refusal(), Contains("tensor conv1.bias: has shape [4]; allowed: at least 2 dimensions"));
  mapping.options.tensors = {"conv1.weight"};
  CHECK_THAT(mapping.refusal({"dsq", {{"k", 1000.0}}}),
             Catch::StartsWith("--estimator: dsq:k=1000 has no usable alpha and M (alpha is 2.63e-284"));
  mapping.options.file = mapping.directory.file("none");
  CHECK_THAT(mapping.refusal(), Contains("none: no such file"));
  Mapping unnamed({.tensors = {tensor<float>("bias", {4})}, .metadata = {}});
  CHECK_THAT(unnamed.refusal(), Contains("no tensor of at least 2 dimensions has a name that ends in .weight"));
}

TEST_CASE("a checkpoint of any network with batch norm is mapped, and what nobody asked for stays", "[equiv]") {
  TensorFile file = network<float>();
  file.tensors.push_back({"bn1.num_batches_tracked", {}, RawNumbers{"I64", "12345678"}});
  file.tensors.push_back({"conv1.mask", {2, 2}, RawNumbers{"BOOL", "abcd"}});
  file.tensors.push_back({"lora.weight", {0, 4}, std::vector<float>{}});
  file.tensors.push_back({"int8.weight", {2, 2}, RawNumbers{"I8", "abcd"}});
  Mapping mapping(file);
  CHECK(mapping().size() == 2);
  const TensorFile after = mapping.result();
  for (std::size_t t = 4; t < 8; ++t) CHECK(after.tensors[t] == file.tensors[t]);
  CHECK(mapping.notes == std::vector<std::string>{"int8.weight holds numbers of type I8, and stays as it is"});
  mapping.options.tensors = {"int8.weight"};
  mapping.options.force = true;
  CHECK_THAT(mapping.refusal(),
             Contains("tensor int8.weight: holds numbers of type I8; allowed: F64, F32, F16 or BF16"));
}

TEST_CASE("weights of 16 bits are mapped in 32", "[equiv]") {
  const std::string half("\x66\x2e\x66\xae", 4);  // +- 0.1 in F16
  Mapping mapping({.tensors = {{"fc.weight", {1, 2}, RawNumbers{"F16", half}}}, .metadata = {}});
  mapping(kDsq, kWithRange);
  const double w = 0x1.998p-4;
  const TensorFile after = mapping.result();
  const auto& values = std::get<std::vector<float>>(after.tensors[0].data);
  CHECK(values[0] == Approx(mapped(w, 2)));
  CHECK(values[1] == -values[0]);
  CHECK(mapping.notes == std::vector<std::string>{"fc.weight was F16 and is written as F32"});
}

TEST_CASE("names in wrappers are found by the names inside, and stay", "[equiv]") {
  Mapping mapping({.tensors = {tensor<float>("module.fc.weight", {10, 24})}, .metadata = {}});
  mapping.options.tensors = {"fc.weight"};
  CHECK(mapping()[0]["name"] == "module.fc.weight");
  CHECK(mapping.notes == std::vector<std::string>{"module.fc.weight is taken for fc.weight"});
  CHECK(mapping.result().tensors[0].name == "module.fc.weight");
}

TEST_CASE("layouts with the outputs last are refused where the number of inputs matters", "[equiv]") {
  const auto refusal = [](const TensorFile& file, const std::string& name) {
    Mapping mapping(file);
    mapping.options.tensors = {name};
    const std::string said = mapping.refusal();
    CHECK(mapping(kDsq, kWithRange).size() == 1);  // M itself goes weight by weight
    return said;
  };
  const auto alone = [&](const std::string& name, const std::vector<std::size_t>& shape) {
    return refusal({.tensors = {tensor<float>(name, shape)}, .metadata = {}}, name);
  };
  CHECK_THAT(
      alone("Conv_0/kernel", {3, 3, 4, 8}),
      Contains("has shape [3, 3, 4, 8], and kernels of Flax and Keras have their outputs last; allowed: [out, in"));
  CHECK_THAT(alone("dense/kernel:0", {24, 10}), Contains("outputs last"));
  CHECK_THAT(alone("conv1.weight", {3, 3, 16, 32}), Contains("which looks like [height, width, in, out]"));
  CHECK_THAT(
      refusal({.tensors = {tensor<float>("fc.weight", {24, 10}), tensor<float>("fc.bias", {10})}, .metadata = {}},
              "fc.weight"),
      Contains("has shape [24, 10], but fc.bias has 10 values, one for each output"));
}

TEST_CASE("layouts with the outputs first are mapped, whatever they look like", "[equiv]") {
  for (const auto& shape : std::vector<std::vector<std::size_t>>{{3, 3, 5, 5}, {8, 1, 1, 64}}) {
    Mapping mapping({.tensors = {tensor<float>("conv1.weight", shape)}, .metadata = {}});
    CHECK(mapping().size() == 1);
  }
}

TEST_CASE("a file of very many tensors is mapped", "[equiv]") {
  TensorFile file;
  for (int i = 0; i < 10'001; ++i) file.tensors.push_back(tensor<float>(fmt::format("l{}.weight", i), {2, 2}));
  Mapping mapping(file);
  CHECK(mapping().size() == 10'001);
}
