// SPDX-License-Identifier: MIT
#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/nn/layer_registry.hpp"
#include "tests/plugin_files.hpp"

using namespace steq;

TEST_CASE("every layer's file is in the registry", "[nn]") {
  std::vector<std::string> files = test::plugin_files("sim/nn/layers", "LayerRegistry"),
                           names = layer_registry().names();
  for (std::string& file : files) std::replace(file.begin(), file.end(), '-', '_');
  CHECK(test::sorted(files) == test::sorted(names));
}

TEST_CASE("every layer documents itself", "[nn]") {
  for (const auto& entry : layer_registry().entries()) {
    INFO(entry.info.name);
    CHECK_FALSE(entry.info.summary.empty());
    CHECK_FALSE(entry.info.formula.empty());
    for (const ParameterInfo& parameter : entry.info.parameters) CHECK_FALSE(parameter.meaning.empty());
  }
}
