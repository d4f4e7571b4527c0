// SPDX-License-Identifier: MIT
// SPEC texts of the command line: as they are, and as every kind of plug-in.
#include "sim/core/notation.hpp"
#include "sim/data/augmentation.hpp"
#include "sim/estimators/estimator.hpp"
#include "sim/nn/loss.hpp"
#include "sim/optimizers/optimizer.hpp"
#include "sim/optimizers/schedule.hpp"
#include "sim/quantizers/quantizer.hpp"
#include "sim/quantizers/range_one.hpp"
#include "sim/storages/storage.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace steq;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Grid grid{.levels = {-1, 0, 1}, .thresholds = {-0.5, 0.5}, .range = 1, .delta = 1};
  fuzz::accept_or_refuse([&] {
    const Spec spec = parse_spec(fuzz::text(data, size), "input");
    const auto make = [&](const auto& registry, const auto&... more) {
      fuzz::accept_or_refuse([&] { registry.make(spec, "input", more...); });
    };
    make(estimator_registry(), grid);
    make(quantizer_registry(), TensorShape{kFanInOfRangeOne});
    make(storage_registry());
    make(loss_registry());
    make(optimizer_registry());
    make(schedule_registry());
    make(augmentation_registry());
    parse_spec(to_text(spec), "written back");
  });
  return 0;
}
