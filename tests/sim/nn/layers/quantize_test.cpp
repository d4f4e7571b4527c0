// SPDX-License-Identifier: MIT
// The layer `quantize`: its gradients against central differences where the forward pass is smooth, and what it does to
// errors.
#include <catch2/catch.hpp>

#include "tests/recipes.hpp"
#include "tests/sim/nn/network_harness.hpp"

using namespace steq;

namespace {

constexpr std::size_t kQuantizedBatch = 6;

ModelSpec quantized_model() {
  return {{1, 4, 4},
          test::layers({"conv2d:name=conv,out=3,kernel=2", "quantize:name=q", "flatten", "dense:name=fc,out=3"})};
}

/// A network whose layer follows that rule.
struct Ruled {
  explicit Ruled(const std::string& quantizer_spec, const std::string& surrogate_name,
                 const std::string& errors_spec = "")
      : quantizer(quantizer_registry().make(parse_spec(quantizer_spec, ""), "", TensorShape{.activations = true})),
        surrogate(surrogate_registry().make({surrogate_name, {}}, "", quantizer->grid())),
        errors(errors_spec.empty() ? nullptr : test::quantizer(errors_spec)),
        numbers(quantizer->grid().numbers),
        harness(quantized_model(), kQuantizedBatch) {
    harness.activations = {{.quantizer = quantizer.get(),
                            .surrogate = surrogate.get(),
                            .errors = errors.get(),
                            .place = {.frame = quantizer->grid().frame(), .grid = numbers},
                            .batch = kQuantizedBatch,
                            .sums = sums}};
  }
  std::unique_ptr<Quantizer> quantizer;
  std::unique_ptr<Surrogate> surrogate;
  std::unique_ptr<Quantizer> errors;
  std::vector<double> numbers, sums = std::vector<double>(2 * kQuantizedBatch);
  test::Harness<double> harness;
};

const Dataset& quantized_images() {
  static const Dataset data = test::random_dataset({1, 4, 4}, kQuantizedBatch, 3);
  return data;
}

const std::string kSoftRelu = "soft-staircase:levels=0/1/2,thresholds=0.5/1.5,temperature=4";

}  // namespace

TEST_CASE("gradients through a soft quantizer are those of the network's loss", "[quantize]") {
  Ruled ruled(kSoftRelu, "exact");
  ruled.harness.train(quantized_images());
  constexpr double kStep = 1e-6;
  const auto difference = [&](double& number) {
    const double kept = number;
    number = kept + kStep;
    const double up = ruled.harness.train(quantized_images());
    number = kept - kStep;
    const double down = ruled.harness.train(quantized_images());
    number = kept;
    return (up - down) / (2 * kStep);
  };
  const std::vector<double> gradient = ruled.harness.gradient(0), sums = ruled.sums;
  for (std::size_t i = 0; i < gradient.size(); ++i)
    CHECK(gradient[i] == Approx(difference(ruled.harness.weights[0][i])).margin(1e-8));
  for (std::size_t learned = 0; learned < 2; ++learned) {
    double total = 0;
    for (std::size_t sample = 0; sample < kQuantizedBatch; ++sample) total += sums[2 * sample + learned];
    CHECK(total == Approx(difference(ruled.numbers[learned])).margin(1e-8));
  }
}

TEST_CASE("without a rule the layer is the identity", "[quantize]") {
  ModelSpec plain = quantized_model();
  plain.layers.erase(plain.layers.begin() + 1);
  test::Harness<double> with(quantized_model(), kQuantizedBatch), without(plain, kQuantizedBatch);
  CHECK(with.train(quantized_images()) == without.train(quantized_images()));
  for (std::size_t t = 0; t < 4; ++t) CHECK(with.gradient(t) == without.gradient(t));
}

TEST_CASE("errors are quantized as those of each sample's own loss", "[quantize]") {
  Ruled exact(kSoftRelu, "exact"), coarse(kSoftRelu, "exact", "fixed-point:integer_bits=2,fraction_bits=12"),
      blind(kSoftRelu, "exact", "fixed-point:integer_bits=8,fraction_bits=0");
  exact.harness.train(quantized_images()), coarse.harness.train(quantized_images()),
      blind.harness.train(quantized_images());
  const std::vector<double> a = exact.harness.gradient(0), b = coarse.harness.gradient(0);
  CHECK(a != b);
  CHECK(test::difference(a, b) < 1e-3);
  CHECK(test::largest(blind.harness.gradient(0)) == 0);  // errors of less than half a unit
  CHECK(exact.harness.gradient(2) == coarse.harness.gradient(2));
}

TEST_CASE("two layers of one name are refused", "[quantize]") {
  ModelSpec model = quantized_model();
  model.layers.insert(model.layers.begin() + 1, model.layers[1]);
  CHECK_THROWS_WITH(GraphBuilder<double>::build(model), Catch::Contains("two layers are named q"));
}
