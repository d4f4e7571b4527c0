// SPDX-License-Identifier: MIT
// `steq quantize` on the worked examples of the survey, and on files as users have them.
#include <catch2/catch.hpp>

#include "records/safetensors.hpp"
#include "tiny.hpp"

using namespace steq;
using testing::Playground;
using testing::Words;

namespace {

const std::vector<double> kFinished{0.9, -0.6, 0.1, -0.3, 0.5, -0.05, 0.7, -0.8};

void write_tensors(const Playground& playground, const std::string& name, std::vector<StoredTensor> tensors) {
  write_safetensors(playground.file(name), {.tensors = std::move(tensors), .metadata = {}});
}

/// One tensor of 2 x 4 weights.
void write_survey(const Playground& playground) {
  write_tensors(playground, "w", {{"fc.weight", {2, 4}, kFinished}, {"fc.bias", {2}, std::vector<float>{1, 2}}});
}

Json of_survey(const Playground& playground, const std::string& quantizer, const Words& more = {}) {
  Words call{"quantize", "w", "--json", "--quiet", "--quantizer", quantizer};
  call.insert(call.end(), more.begin(), more.end());
  return playground.good_json(call)["tensors"][0];
}

std::vector<double> tensor_of(const Playground& playground, const std::string& file, const std::string& name) {
  const TensorFile read = read_safetensors(playground.file(file));
  for (const StoredTensor& tensor : read.tensors)
    if (tensor.name == name) return values_of(tensor, name);
  return {};
}

void check_values(const std::vector<double>& found, const std::vector<double>& wanted, double margin) {
  REQUIRE(found.size() == wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) CHECK(found[i] == Approx(wanted[i]).margin(margin));
}

}  // namespace

TEST_CASE("quantize reproduces the survey's example", "[program]") {
  const Playground playground;
  write_survey(playground);
  const Json xnor = of_survey(playground, "xnor", {"--out", "q"});
  CHECK(xnor["angle_degrees"].get<double>() == Approx(30.965107).margin(5e-7));
  CHECK(xnor["relative_squared_error"].get<double>() == Approx(0.702187 / 2.6525).epsilon(1e-5));
  CHECK(xnor["parameters"]["scale"].get<double>() == Approx(0.49375).epsilon(1e-12));
  CHECK((xnor["levels"] == 2 && xnor["bits"] == 1 && xnor["zero_share"] == 0 && xnor["weights"] == 8));
  CHECK(xnor["compression"].get<double>() == Approx(32.0 * 8 / (8 + 32)).epsilon(1e-15));
  const double a = 0.49375;
  check_values(tensor_of(playground, "q", "fc.weight"), {a, -a, a, -a, a, -a, a, -a}, 1e-15);
  CHECK(tensor_of(playground, "q", "fc.bias") == std::vector<double>{1, 2});

  const Json kmeans = of_survey(playground, "kmeans:levels=3,start=-0.6/0/0.6");
  check_values(kmeans["parameters"]["centres"], {-0.566667, 0.025, 0.7}, 5e-7);
  CHECK((kmeans["bits"] == 2 && kmeans["huffman_bits"] == (2 * 3 + 2 * 2 + 3) / 8.0));
  write_tensors(playground, "h", {{"fc.weight", {2, 4}, std::vector<double>{1, 2, .5, 1, 4, 1, 1, .5}}});
  const Json weighted = of_survey(playground, "kmeans:levels=3,start=-0.6/0/0.6", {"--curvature", "h"});
  check_values(weighted["parameters"]["centres"], {-0.542857, 0, 0.6}, 5e-7);

  const Json residual = of_survey(playground, "residual:levels=2,stages=2");
  check_values(residual["parameters"]["centres"], {-0.4375, 0.55, -0.25625, 0.25625}, 1e-12);
  CHECK(residual["relative_squared_error"].get<double>() * 2.6525 == Approx(0.1515625).epsilon(1e-12));
  CHECK(of_survey(playground, "residual:levels=2,stages=1")["relative_squared_error"].get<double>() * 2.6525 ==
        Approx(0.676875).epsilon(1e-12));
  CHECK((residual["bits"] == 2 && residual["levels"] == 4));
  CHECK(of_survey(playground, "admm")["parameters"]["scale"].get<double>() == Approx(0.7).epsilon(1e-12));
}

TEST_CASE("quantize replaces pieces of rows by codewords", "[program]") {
  const Playground playground;
  write_tensors(playground, "w",
                {{"fc.weight",
                  {4, 4},
                  std::vector<double>{1, .9, -.2, .1, .8, 1.1, 0, -.1, -1, -.8, .9, 1.1, -.9, -1.2, 1, .8}}});
  const Json product = of_survey(playground, "product:blocks=2,codewords=2", {"--out", "q"});
  check_values(tensor_of(playground, "q", "fc.weight"),
               {.9, 1, -.1, 0, .9, 1, -.1, 0, -.95, -1, .95, .95, -.95, -1, .95, .95}, 1e-12);
  CHECK(product["bits"] == 0.5);
  CHECK(product["compression"].get<double>() == Approx(32.0 * 16 / (16 * 0.5 + 32 * 2 * 2 * 2)).epsilon(1e-15));
  playground.refused(
      {"quantize", "w", "--quiet", "--quantizer", "product:blocks=3", "--out", "p"}, 2,
      {"w: tensor fc.weight, --quantizer.blocks: 3 is not allowed for rows of 4 weights; allowed: a divisor of that"});
}

TEST_CASE("quantize takes checkpoints of any type and leaves what is no weight", "[program]") {
  const Playground playground;
  const std::string halves("\x00\x3c\x00\xbc\x00\x38\x00\xb8", 8);  // 1, -1, 0.5, -0.5
  write_tensors(playground, "w",
                {{"a.weight", {2, 2}, RawNumbers{"F16", halves}},
                 {"a.steps", {1}, RawNumbers{"I64", std::string(8, '\1')}},
                 {"norm.weight", {3}, std::vector<float>{1, 2, 3}}});
  const testing::Outcome outcome = playground.steq(
      {"quantize", "w", "--quantizer", "bucketed:bits=1,bucket=2", "--out", "q", "--figure", "f.svg", "--quiet"});
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.err, Catch::Contains("a.weight was F16 and becomes F32"));
  CHECK_THAT(outcome.out, Catch::StartsWith("tensor") && Catch::Contains("a.weight"));
  CHECK(tensor_of(playground, "q", "a.weight") == std::vector<double>{1, -1, 0.5, -0.5});
  CHECK(tensor_of(playground, "q", "norm.weight") == std::vector<double>{1, 2, 3});
  CHECK(playground.steq({"quantize", "w", "--quantizer", "xnor", "--tensors", "norm.weight", "--quiet"}).code == 0);
}

TEST_CASE("quantize gives the same bits at any number of threads", "[program]") {
  const Playground playground;
  playground.write_json("c.json", testing::tiny());
  playground.good({"run", "c.json", "--out", "run"});
  for (const char* spec : {"kmeans:levels=5", "lq-nets", "product:blocks=5,codewords=3", "points", "twn:per=row"}) {
    INFO(spec);
    const Words call{"quantize",    "run/weights/ste-final.safetensors",
                     "--tensors",   "conv1.weight",
                     "--quantizer", spec,
                     "--force",     "--quiet",
                     "--out"};
    Words one = call, three = call;
    one.insert(one.end(), {"one", "--threads", "1"}), three.insert(three.end(), {"three", "--threads", "3"});
    playground.good(one), playground.good(three);
    CHECK(playground.read("one") == playground.read("three"));
  }
}

TEST_CASE("quantize refuses bad input and leaves nothing", "[program]") {
  const Playground playground;
  write_survey(playground);
  const auto refused = [&](Words more, const std::string& problem) {
    Words call{"quantize", "w", "--quiet"};
    call.insert(call.end(), more.begin(), more.end());
    playground.refused(call, 2, {problem});
  };
  refused({}, "--quantizer is required; see --help");
  refused({"--quantizer", "kmean"}, "--quantizer: unknown quantizer \"kmean\"; allowed: uniform, ");
  refused({"--quantizer", "none"}, "--quantizer: \"none\" is not allowed: it has no levels");
  refused({"--quantizer", "kmeans:levels=1"}, "--quantizer.levels: 1 is not allowed; allowed: an integer in [2, ");
  refused({"--quantizer", "twn", "--curvature", "w"},
          "--curvature: twn does not look at it; allowed with: xnor, kmeans, residual");
  refused({"--quantizer", "xnor", "--tensors", "fc"}, "--tensors: w has no tensor \"fc\"; allowed: fc.weight, fc.bias");
  refused({"--quantizer", "xnor", "--out", "w"}, "--out: w exists; use --force to replace it, or another name");
  refused({"--quantizer", "kmeans", "--curvature", "w"},
          "w: tensor fc.weight: element 1 is -0.6; allowed: finite numbers of at least 0");
  write_tensors(playground, "w", {{"fc.weight", {1, 2}, std::vector<float>{1, NAN}}});
  refused({"--quantizer", "xnor", "--out", "q"}, "w: tensor fc.weight: element 1 is nan; allowed: finite numbers");
}
