// SPDX-License-Identifier: MIT
#include "sim/core/errors.hpp"

#include <fmt/format.h>

namespace steq {
namespace {

std::string one_text(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += '\n';
    text += problem.place.empty() ? problem.text : problem.place + ": " + problem.text;
  }
  return text;
}

}  // namespace

InputError::InputError(std::vector<Problem> problems)
    : std::runtime_error(one_text(problems)), problems_(std::move(problems)) {}

InputError::InputError(std::string place, std::string text)
    : InputError(std::vector<Problem>{{std::move(place), std::move(text)}}) {}

void throw_if_any(const std::vector<Problem>& problems) {
  if (!problems.empty()) throw InputError(problems);
}

IoError::IoError(const std::string& path, const std::string& text) : std::runtime_error(path + ": " + text) {}

NumericalError::NumericalError(std::uint32_t step, std::string learner, std::string tensor, const std::string& text)
    : std::runtime_error(fmt::format("step {}, learner {}, tensor {}: {}", step, learner, tensor, text)),
      step_(step),
      learner_(std::move(learner)),
      tensor_(std::move(tensor)) {}

}  // namespace steq
