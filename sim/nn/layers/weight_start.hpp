// SPDX-License-Identifier: MIT
// How the weights of a dense layer or a convolution begin.
#pragma once

#include <fmt/format.h>

#include "sim/core/parameters.hpp"
#include "sim/nn/tensor_info.hpp"

namespace steq::layers {

/// The keys `initial`, with these words besides he-uniform and normal, and `deviation`.
inline std::vector<ParameterInfo> start_parameters(std::vector<std::string> more = {},
                                                   const std::string& of_these = "") {
  std::vector<std::string> words{"he-uniform", "normal"};
  words.insert(words.end(), more.begin(), more.end());
  return {{.name = "initial",
           .kind = Kind::text,
           .fallback = Value("he-uniform"),
           .meaning = "how the weights begin: he-uniform; normal: with mean 0" + of_these,
           .words = std::move(words)},
          {.name = "deviation",
           .fallback = Value(1.0),
           .meaning = "standard deviation of initial=normal, in weight units",
           .min = 0,
           .min_excluded = true}};
}

/// Says in `weight` how it begins. InputError at `place` for a deviation that no draw uses.
inline void set_start(const Parameters& p, const std::string& place, TensorInfo& weight) {
  const std::string& word = p.text("initial");
  weight.deviation = p.number("deviation");
  if (word == "normal") weight.initialization = Initialization::normal;
  if (word == "he-uniform") weight.initialization = Initialization::he_uniform;
  if (word == "class-blocks") weight.initialization = Initialization::class_blocks;
  if (word != "normal" && weight.deviation != 1)
    throw InputError(place + ".deviation",
                     fmt::format("{} is not allowed with initial \"{}\"; allowed: initial \"normal\", or no deviation",
                                 weight.deviation, word));
}

}  // namespace steq::layers
