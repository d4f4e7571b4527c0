// SPDX-License-Identifier: MIT
#include "sim/storages/storage.hpp"

#include <catch2/catch.hpp>

#include "tests/plugin_files.hpp"

using namespace steq;

namespace {

std::unique_ptr<Storage> storage(const std::string& name) { return storage_registry().make({name, {}}, "storage"); }

}  // namespace

TEST_CASE("every storage's file is in the registry, and documents itself", "[storages]") {
  CHECK(test::plugin_files("sim/storages", "StorageRegistry") == test::sorted(storage_registry().names()));
  for (const auto& entry : storage_registry().entries()) CHECK_FALSE(entry.info.summary.empty());
}

TEST_CASE("what is kept of a weight", "[storages]") {
  const GridFrame frame{-1, 0.5, 0.5};
  std::vector<float> w{-3, -1, 0.2F, 0.5F, 0.6F};
  CHECK((storage("latent")->keeps_all() && storage("latent")->trains()));
  CHECK((storage("frozen")->keeps_all() && !storage("frozen")->trains()));
  CHECK_FALSE(storage("clip")->keeps_all());
  storage("clip")->keep(std::span<float>(w), frame);
  CHECK(w == std::vector<float>{-1, -1, 0.2F, 0.5F, 0.5F});
}
