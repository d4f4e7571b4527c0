// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tiny.hpp"

using namespace steq;
using testing::Playground;
using testing::tiny;
using testing::tiny_with;

namespace {

/// The tiny experiment with one value changed, in the file and by --set, must be refused with the same words.
void check_value(const std::string& pointer, const std::string& value, const std::string& problem) {
  const Playground playground;
  playground.write_json("c.json", tiny_with(pointer, value));
  playground.refused({"run", "c.json"}, 2, {"c.json: " + problem});
  if (value.empty()) return;
  playground.write_json("c.json", tiny());
  std::string path = pointer.substr(1);
  std::replace(path.begin(), path.end(), '/', '.');
  playground.refused({"run", "c.json", "--set", path + "=" + value}, 2, {"c.json: " + problem});
}

}  // namespace

TEST_CASE("all problems of a config are told at once", "[program]") {
  const Playground playground;
  Json config = tiny();
  config["optimiser"] = config["optimizer"];
  config["data"]["tets_size"] = 5;
  config["optimizer"]["momentum"] = 1.5;
  config["learners"][0]["estimator"]["k"] = -1;
  config["learners"][1]["equivalent_to"] = "qhat";
  config["compare"][0][1] = "stee";
  config["record"] = {{"latent_every", "often"}};
  playground.write_json("c.json", config);
  playground.refused(
      {"run", "c.json"}, 2,
      {"c.json: optimiser: unknown key; allowed: ", "c.json: data.tets_size: unknown key; allowed: ",
       "c.json: optimizer.momentum: 1.5 is not allowed; allowed: a number in [0, 1)",
       "c.json: learners[0].estimator.k: -1 is not allowed; allowed: a number in (0, 1000]",
       "c.json: learners[1].equivalent_to: unknown learner \"qhat\"; allowed: q-hat, ste, copy; did you mean "
       "\"q-hat\"?",
       "c.json: compare[0][1]: unknown learner \"stee\"; allowed: q-hat, ste, copy; did you mean \"ste\"?",
       "c.json: record.latent_every: \"often\" is not allowed; allowed: an integer in [0, "});
  const std::string said = playground.steq({"run", "c.json"}).err;
  CHECK_THAT(said, Catch::Contains("did you mean \"optimizer\"?") && Catch::Contains("did you mean \"test_size\"?"));
}

TEST_CASE("values out of range and of the wrong kind are refused", "[program]") {
  check_value("/batch_size", "0", "batch_size: 0 is not allowed; allowed: an integer in [1, ");
  check_value("/batch_size", "2.5", "batch_size: 2.5 is not allowed; allowed: an integer in [1, ");
  check_value("/batch_size", "\"many\"", "batch_size: \"many\" is not allowed; allowed: an integer in [1, ");
  check_value("/batch_size", "[20]", "batch_size: [20] is not allowed; allowed: an integer in [1, ");
  check_value("/optimizer/learning_rate", "-0.1",
              "optimizer.learning_rate: -0.1 is not allowed; allowed: a number >= 0");
  check_value("/optimizer/learning_rate", "true",
              "optimizer.learning_rate: true is not allowed; allowed: a number >= 0");
  check_value("/optimizer/learning_rate", "\"NaN\"",
              "optimizer.learning_rate: \"NaN\" is not allowed; allowed: a number");
  check_value("/optimizer/learning_rate", "", "optimizer.learning_rate: missing; required is a number >= 0");
  check_value("/precision", "\"half\"", "precision: \"half\" is not allowed; allowed: \"float\" or \"double\"");
  check_value("/learners/1/learning_rate_scale", "-1",
              "learners[1].learning_rate_scale: -1 is not allowed; allowed: a number >= 0");
  check_value("/learners/0/estimator", "\"dsq:k=nan\"", "learners[0].estimator.k: \"NaN\" is not allowed; allowed: ");
  check_value("/learners/0/estimator", "\"dsq:k\"", "learners[0].estimator: \"dsq:k\" has no key=value");
  check_value("/learners/0/estimator", "\"dsqq\"", "learners[0].estimator.type: unknown estimator \"dsqq\"; allowed: ");
  check_value("/name", "\"../up\"", "name: \"../up\" is not allowed; allowed: letters, digits");
}

TEST_CASE("NaN and Infinity are told where they stand", "[program]") {
  const Playground playground;
  playground.write("c.json", "{\n  \"batch_size\": NaN\n}");
  playground.refused({"run", "c.json"}, 2, {"c.json: line 2, column 17: syntax error"});
  playground.write("c.json", "{\"optimizer\": {\"learning_rate\": 1e999}}");
  playground.refused({"run", "c.json"}, 2, {"c.json: optimizer.learning_rate: number overflow parsing '1e999'"});
  playground.write_json("c.json", tiny());
  for (const char* word : {"NaN", "nan", "Infinity", "-inf", "1e999"})
    playground.refused(
        {"run", "c.json", "--set", std::string("optimizer.learning_rate=") + word}, 2,
        {"c.json: optimizer.learning_rate: \"" + std::string(word) + "\" is not allowed; allowed: a number"});
}

TEST_CASE("a file that is no config is refused", "[program]") {
  const Playground playground;
  for (const char* text : {"", "{", "{\"name\" 1}", "hello", "\xff\xfe", "{\"a\": 1} 2"}) {
    playground.write("c.json", std::string(text));
    playground.refused({"run", "c.json"}, 2, {"c.json: line "});
  }
  playground.write("c.json", "[]");
  playground.refused({"run", "c.json"}, 2, {"c.json: [] is not allowed; allowed: an object"});
  playground.write("c.json", "{\"seed\": 1, \"seed\": 2}");
  playground.refused({"run", "c.json"}, 2, {"c.json: seed: this key is given twice"});
}

TEST_CASE("a learner is equivalent to another that has alpha and M", "[program]") {
  check_value("/learners/1/equivalent_to", "\"ste\"",
              "learners[1].equivalent_to: \"ste\" is the learner itself; allowed: ");
  const Playground number;  // --set takes 3 for a name
  number.write_json("c.json", tiny_with("/learners/1/equivalent_to", "3"));
  number.refused({"run", "c.json"}, 2,
                 {"c.json: learners[1].equivalent_to: 3 is not allowed; allowed: the name of a learner"});
  const auto steep = [](const std::string& k, const std::string& precision, const std::string& why) {
    const Playground playground;
    Json config = tiny();
    config["learners"][0]["estimator"]["k"] = Json::parse(k);
    config["precision"] = precision;
    config["quantizer"] = "uniform:bits=1";
    playground.write_json("c.json", config);
    playground.refused({"run", "c.json"}, 2,
                       {"c.json: learners[1].equivalent_to: \"q-hat\" is not allowed: estimator dsq:gate=range,k=" + k +
                        " of q-hat has no usable alpha and M (" + why});
  };
  steep("1000", "float", "q is not positive, or underflows to 0");
  steep("1000", "double", "q is not positive, or underflows to 0");
  steep("15", "float", "alpha is 1.68e-10, too small for weights in float)");
  for (const auto& [estimator, why] :
       {std::pair("stochastic-ste", "q is drawn at random"), std::pair("ewgs", "q depends on the gradient's sign"),
        std::pair("approx-sign", "the integral of 1/q over a bin diverges")}) {
    const Playground playground;
    playground.write_json("c.json", tiny());
    const auto said = playground.steq({"run", "c.json", "--set", std::string("learners[0].estimator=") + estimator});
    CHECK(said.code == 2);
    CHECK_THAT(said.err, Catch::StartsWith("steq: c.json: learners[1].equivalent_to: \"q-hat\" is not allowed: ") &&
                             Catch::Contains(estimator) && Catch::Contains(why));
  }
  steep("40", "double", "alpha is 2.31e-31, too small for weights in double)");
}

TEST_CASE("data, batch and network must fit", "[program]") {
  check_value("/data/train_limit", "300",
              "data.train_limit: 300 is not allowed; there are 200 train images; allowed: ");
  check_value("/data/test_limit", "51", "data.test_limit: 51 is not allowed; there are 50 test images; allowed: ");
  check_value("/batch_size", "201", "batch_size: 201 is not allowed; allowed: an integer in [1, 200]");
  check_value("/model/input", "[1,32,32]",
              "model.input: [1, 32, 32] is not allowed; the images of synthetic-digits are [1, 28, 28]");
  check_value("/model/layers/2/type", "\"relu\"",
              "model.layers[3]: a dense layer takes flat input, but its input is 4 x 8 x 8");
  check_value("/model/layers/0/kernel", "40", "model.layers[0].kernel: 40 is larger than the padded input of 28 x 28");
  check_value("/model/layers/3/out", "5",
              "model: the last layer has 5 outputs; allowed: at least 10, the number of classes");
  check_value("/model/layers/3/name", "\"conv1\"", "model.layers[3].name: two layers have a tensor conv1.weight");
  check_value("/model/layers", "[]", "model.layers: [] is not allowed; allowed: an array of at least one layer");
}

TEST_CASE("what does not fit is told at once", "[program]") {
  const Playground playground;
  Json config = tiny_with("/batch_size", "300");
  config["model"]["layers"][0]["kernel"] = 40;
  playground.write_json("c.json", config);
  playground.refused({"run", "c.json"}, 2, {"c.json: batch_size: 300", "c.json: model.layers[0].kernel: 40"});
}
