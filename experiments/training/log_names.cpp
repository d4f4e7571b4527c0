// SPDX-License-Identifier: MIT
#include "experiments/training/log_names.hpp"

#include <algorithm>

namespace steq {

void require_log_names(const ExperimentConfig& config, const ExperimentInputs& inputs) {
  std::vector<Problem> problems;
  for (std::size_t i = 0; i < config.learners.size(); ++i)
    if (config.learners[i].name == "test_labels")
      problems.push_back({config.place(fmt::format("learners[{}].name", i)),
                          "\"test_labels\" is not allowed: logs.h5 keeps the labels there; allowed: another name"});
  for (const TensorInfo& tensor : inputs.tensors)
    if (tensor.name.find_first_of(std::string("/\0", 2)) != std::string::npos)
      problems.push_back({config.place("model"), fmt::format("the tensor {} is not allowed: in logs.h5 a slash divides "
                                                             "names; allowed: names of layers without",
                                                             shown(tensor.name))});
  for (const ActivationInfo& layer : inputs.activations) {
    const auto same = [&](const TensorInfo& tensor) { return tensor.name == layer.name; };
    const bool taken = std::ranges::any_of(inputs.tensors, same) || layer.name == "batch_loss" ||
                       layer.name == "test_logits" || layer.name == "latent_steps";
    if (layer.name.empty() || taken || layer.name.find_first_of(std::string("/\0", 2)) != std::string::npos)
      problems.push_back({config.place("model"), fmt::format("a layer \"quantize\" named {} is not allowed: logs.h5 "
                                                             "has no place for it; allowed: another name, without "
                                                             "slashes",
                                                             shown(layer.name))});
  }
  throw_if_any(problems);
}

}  // namespace steq
