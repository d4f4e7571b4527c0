// SPDX-License-Identifier: MIT
#include "records/tensor_names.hpp"

#include <catch2/catch.hpp>

using steq::unwrapped_name;

TEST_CASE("what PyTorch's wrappers put into names is left out", "[safetensors]") {
  CHECK(unwrapped_name("conv1.weight") == "conv1.weight");
  CHECK(unwrapped_name("module.conv1.weight") == "conv1.weight");
  CHECK(unwrapped_name("_orig_mod.conv1.weight") == "conv1.weight");
  CHECK(unwrapped_name("module._orig_mod.conv1.weight") == "conv1.weight");
  CHECK(unwrapped_name("_orig_mod.module.conv1.weight") == "conv1.weight");
  CHECK(unwrapped_name("encoder._orig_mod.0.weight") == "encoder.0.weight");
  CHECK(unwrapped_name("encoder.module.weight") == "encoder.module.weight");  // may be its own
  CHECK(unwrapped_name("modules.weight") == "modules.weight");
}
