// SPDX-License-Identifier: MIT
// Small networks that put every layer, in every geometry that could go wrong, between two layers with weights.
#pragma once

#include "tests/sim/nn/network_harness.hpp"

namespace steq::test {

struct SmallNetwork {
  std::string name;
  ModelSpec model;
};

inline constexpr std::size_t kClasses = 3;

/// lead (so that the middle's input gradient shows in lead's weights), middle, then logits; images 2 x 5 x 7.
inline ModelSpec between(std::vector<LayerSpec> middle, const std::string& lead = "conv2d:name=lead,out=3,kernel=1") {
  ModelSpec model{{2, 5, 7}, {}};
  if (!lead.empty()) model.layers = layers({lead});
  model.layers.insert(model.layers.end(), middle.begin(), middle.end());
  for (const LayerSpec& layer : layers({"flatten", "dense:name=last,out=3"})) model.layers.push_back(layer);
  return model;
}

inline ModelSpec between(const std::string& middle, const std::string& lead = "conv2d:name=lead,out=3,kernel=1") {
  return between(layers({middle}), lead);
}

inline std::vector<SmallNetwork> convolutions() {
  std::vector<SmallNetwork> networks;
  for (const std::string geometry :
       {"kernel=3,padding=1", "kernel=3,stride=2,padding=1", "kernel=2,padding=same", "kernel=4,stride=2,padding=same",
        "kernel=3,stride=2,padding=same", "kernel=3,stride=3,padding=valid,bias=false", "kernel=5,padding=2",
        "kernel=1,stride=2", "kernel=2,padding=2,bias=false", "kernel=1,stride=3,padding=1", "kernel=5",
        "kernel=2,stride=2", "kernel=1,stride=3,padding=same", "kernel=7,stride=4,padding=3"})
    networks.push_back({"conv2d " + geometry, between("conv2d:name=conv,out=2," + geometry)});
  networks.push_back({"conv2d first", between(layers({"relu"}), "conv2d:name=lead,out=2,kernel=3,padding=same")});
  networks.push_back({"conv2d many channels",
                      between("conv2d:name=conv,out=18,kernel=2,bias=false", "conv2d:name=lead,out=2,kernel=4")});
  return networks;
}

inline std::vector<SmallNetwork> pools() {
  std::vector<SmallNetwork> networks;
  for (const std::string type : {"avg_pool2d", "max_pool2d"}) {
    for (const std::string window :
         {"", ":kernel=2,stride=1", ":kernel=3,stride=2", ":kernel=2,stride=3", ":kernel=5", ":kernel=1"})
      networks.push_back({type + window, between(type + window)});
    networks.push_back({type + " that fits", between(type, "conv2d:name=lead,out=3,kernel=2")});
    networks.push_back({type + " first", between(layers({type}), "")});
    for (const std::string window : {":kernel=2", ":kernel=3,stride=2"})
      networks.push_back({type + window + " of what is rectified, many channels",
                          between(layers({"relu", type + window}), "conv2d:name=lead,out=18,kernel=2")});
  }
  for (const std::string window : {":kernel=3,stride=2,padding=1", ":padding=1", ":kernel=5,stride=1,padding=2",
                                   ":kernel=6,stride=4,padding=3", ":kernel=3,stride=4,padding=1"})
    networks.push_back({"max_pool2d" + window, between("max_pool2d" + window)});
  networks.push_back({"global_avg_pool2d", between("global_avg_pool2d")});
  networks.push_back({"quantize without a rule", between("quantize:name=q")});
  return networks;
}

/// Convolutions that may take in the relu and the pooling behind them, and some that may not.
inline std::vector<SmallNetwork> pooled_convolutions() {
  std::vector<SmallNetwork> networks;
  const std::string conv = ",kernel=3,padding=1", wide = "conv2d:name=wide,out=64" + conv;
  const auto add_layers = [&](const std::string& name, const SampleShape& image, std::vector<LayerSpec> all) {
    for (const LayerSpec& layer : layers({"flatten", "dense:name=last,out=3"})) all.push_back(layer);
    networks.push_back({"pooled " + name, {image, all}});
  };
  const auto add = [&](const std::string& name, const SampleShape& image, const std::vector<std::string>& specs) {
    add_layers(name, image, layers(specs));
  };
  for (const std::string bias : {",bias=true", ",bias=false"})
    add("two" + bias, {1, 12, 20},
        {"conv2d:name=lead,out=32" + conv + bias, "relu", "avg_pool2d", wide + bias, "relu", "avg_pool2d"});
  add("behind another", {2, 6, 4},
      {"conv2d:name=lead,out=3,kernel=1", "conv2d:name=few,out=16" + conv, "relu", "avg_pool2d"});
  add("without relu", {1, 6, 4}, {"conv2d:name=few,out=16" + conv, "avg_pool2d"});
  add("of odd width", {1, 6, 5}, {"conv2d:name=few,out=16" + conv, "relu", "avg_pool2d"});
  const std::vector<LayerSpec> few = layers({"conv2d:name=few,out=16" + conv, "relu"}), pool = layers({"avg_pool2d"}),
                               shortcut = layers({"conv2d:name=short,out=16,kernel=2,stride=2"});
  add_layers("in a branch", {1, 6, 4}, {residual({few[0], few[1], pool[0]}, shortcut)});
  add_layers("where a branch begins", {1, 6, 4}, {few[0], few[1], residual(pool, shortcut)});
  add("behind a norm", {1, 6, 4}, {"conv2d:name=few,out=16" + conv, "batch_norm2d:name=n", "relu", "avg_pool2d"});
  return networks;
}

inline std::vector<SmallNetwork> norms() {
  return {{"batch_norm2d", between("batch_norm2d:name=norm")},
          {"batch_norm2d first", between(layers({"batch_norm2d:name=norm"}), "")},
          {"batch_norm2d twice",
           between(layers({"batch_norm2d:name=one,momentum=0.3", "relu", "conv2d:name=conv,out=2,kernel=3",
                           "batch_norm2d:name=two,epsilon=0.01", "relu"}))},
          {"batch_norm2d flat", between(layers({"global_avg_pool2d", "batch_norm2d:name=norm,epsilon=0.1"}))}};
}

inline std::vector<SmallNetwork> residuals() {
  const auto conv = [](const std::string& name) { return "conv2d:name=" + name + ",out=3,kernel=3,padding=1"; };
  const std::string shortcut = "conv2d:name=short,out=2,kernel=1,stride=2";
  const std::vector<LayerSpec> narrow = layers({"conv2d:name=wide,out=2,kernel=3,stride=2,padding=1"});
  std::vector<LayerSpec> chain{residual(layers({conv("a"), "relu", conv("b")}))};
  chain.push_back(layers({"relu"})[0]);
  chain.push_back(residual(narrow, layers({shortcut})));
  return {{"residual identity", between({residual(layers({conv("a"), "relu", conv("b")}))})},
          {"residual after relu", between({layers({"relu"})[0], residual(layers({conv("a")}))})},
          {"residual conv shortcut", between({residual(narrow, layers({shortcut}))})},
          {"residual chain", between(chain)},
          {"residual with norms",
           between({residual(layers({conv("a"), "batch_norm2d:name=n", "relu"}), layers({"batch_norm2d:name=m"})),
                    layers({"relu"})[0]})},
          {"residual ending in relu and flatten",
           between({layers({"global_avg_pool2d"})[0], residual(layers({"dense:name=a,out=3", "relu", "flatten"}))})},
          {"residual ending in relu", between({residual(layers({conv("a"), "relu"}))})},
          {"residual without weights", between({residual(layers({"relu"}), layers({"max_pool2d:kernel=1"}))})},
          {"residual first", between({residual(layers({"conv2d:name=a,out=2,kernel=3,padding=1"}))}, "")},
          {"residual last in a branch", between({residual({layers({conv("a")})[0], residual(layers({conv("b")}))})})},
          {"residual in a shortcut", between({residual(layers({conv("a")}), {residual(layers({conv("b")}))})})}};
}

/// Two identity shortcuts from the same place.
inline SmallNetwork nested_residual() {
  return {"nested residual",
          between({residual({residual(layers({"conv2d:name=a,out=3,kernel=1"})), layers({"relu"})[0]})})};
}

inline std::vector<SmallNetwork> others() {
  return {{"dense", between(layers({"flatten", "dense:name=hidden,out=4,bias=false", "relu"}))},
          {"dense first", {{6, 1, 1}, layers({"dense:name=hidden,out=5", "relu", "dense:name=last,out=3,bias=false"})}},
          {"flatten twice", between(layers({"flatten", "flatten"}))},
          {"relu", between(layers({"relu", "conv2d:name=conv,out=2,kernel=2", "relu", "relu"}))},
          {"relu first", between(layers({"relu"}), "")}};
}

inline std::vector<SmallNetwork> small_networks() {
  std::vector<SmallNetwork> all;
  for (const auto& group : {convolutions(), pools(), pooled_convolutions(), norms(), residuals(), others()})
    all.insert(all.end(), group.begin(), group.end());
  return all;
}

}  // namespace steq::test
