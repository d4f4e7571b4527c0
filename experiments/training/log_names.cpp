// SPDX-License-Identifier: MIT
#include "experiments/training/log_names.hpp"

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
  throw_if_any(problems);
}

}  // namespace steq
