// SPDX-License-Identifier: MIT
#include "experiments/config/chosen_gate.hpp"

#include "sim/estimators/estimator.hpp"
#include "sim/quantizers/range_one.hpp"

namespace steq {

void choose_gate(Spec& estimator, const Spec& quantizer) {
  const auto gate = estimator.values.find("gate");
  if (gate == estimator.values.end() || gate->second != Value("auto")) return;
  try {
    const auto made = quantizer_registry().make(quantizer, "quantizer", TensorShape{kFanInOfRangeOne});
    gate->second = automatic_gate(made->grid());
  } catch (const InputError&) {
    // reported where the quantizer is read
  }
}

}  // namespace steq
