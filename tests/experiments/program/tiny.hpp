// SPDX-License-Identifier: MIT
// Experiments that take a blink, and data for them.
#pragma once

#include "program.hpp"
#include "tests/sim/data/temporary_files.hpp"

namespace steq::testing {

/// 200 drawn digits, one quantized convolution of 100 weights, 10 steps an epoch; q-hat, its equivalent, its copy.
inline Json tiny() {
  return Json::parse(R"({
    "name": "tiny",
    "data": {"dataset": "synthetic-digits", "train_size": 200, "test_size": 50, "normalize": "dataset"},
    "model": {"input": [1, 28, 28], "layers": [
      {"type": "conv2d", "name": "conv1", "out": 4, "kernel": 5, "stride": 3, "bias": false, "quantize": true},
      {"type": "relu"},
      {"type": "flatten"},
      {"type": "dense", "name": "fc", "out": 10}]},
    "optimizer": {"type": "sgd", "momentum": 0.9, "learning_rate": 0.1},
    "batch_size": 20,
    "epochs": 1,
    "learners": [
      {"name": "q-hat", "estimator": {"type": "dsq", "k": 6.5}},
      {"name": "ste", "estimator": "ste", "equivalent_to": "q-hat"},
      {"name": "copy", "like": "q-hat"}],
    "compare": [["q-hat", "ste"], ["q-hat", "copy"]]
  })");
}

/// The same with the value at a JSON pointer replaced; an empty value removes what is there.
inline Json tiny_with(const std::string& pointer, const std::string& value) {
  Json config = tiny();
  const Json::json_pointer place(pointer);
  if (value.empty())
    config[place.parent_pointer()].erase(place.back());
  else
    config[place] = Json::parse(value);
  return config;
}

inline std::string text(const test::Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

/// The four files of an MNIST-like dataset: `train` and `test` images of 28 x 28 in 10 classes.
inline void write_digits(const Playground& playground, const std::string& folder, std::uint32_t train,
                         std::uint32_t test) {
  const DataSplits drawn =
      test::load("synthetic-digits", {{"train_size", std::int64_t{train}}, {"test_size", std::int64_t{test}}});
  const auto write = [&](const std::string& name, std::vector<std::uint32_t> sizes, const test::Bytes& bytes) {
    playground.write(folder + "/" + name, text(test::idx_bytes(sizes, bytes)));
  };
  write("train-images-idx3-ubyte", {train, 28, 28}, drawn.train.pixels);
  write("train-labels-idx1-ubyte", {train}, drawn.train.labels);
  write("t10k-images-idx3-ubyte", {test, 28, 28}, drawn.test.pixels);
  write("t10k-labels-idx1-ubyte", {test}, drawn.test.labels);
}

}  // namespace steq::testing
