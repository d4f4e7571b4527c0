// SPDX-License-Identifier: MIT
#include "experiments/analysis/mapped_weights.hpp"

#include <fmt/format.h>

#include <set>

namespace steq {
namespace {

StoredTensor mapped(StoredTensor tensor, const Grid& grid, const WeightMap& map) {
  change_numbers(tensor, [&](double w) { return map(grid, w); });
  return tensor;
}

void write(const AnalysedRun& run, const Pair& pair, const WeightMap& map) {
  TensorFile file{.tensors = {}, .metadata = {{"mapped_to", pair.b}}};
  for (const StoredTensor& tensor : run.stored().weight_tensors(pair.a, "final"))
    if (const auto grid = run.stored().logs().grid(pair.a, tensor.name))
      file.tensors.push_back(mapped(tensor, *grid, map));
  if (file.tensors.empty()) return;
  const auto path = run.stored().directory() / "weights" / fmt::format("{}-mapped.safetensors", pair.a);
  write_safetensors(path.string(), file);
}

}  // namespace

void write_mapped_weights(const AnalysedRun& run) {
  std::set<std::string> written;
  for (const Pair& pair : run.pairs())
    if (const auto map = run.map(pair); pair.mapped && map && written.insert(pair.a).second) write(run, pair, *map);
}

}  // namespace steq
