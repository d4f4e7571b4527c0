// SPDX-License-Identifier: MIT
// `steq check`: whether the assumptions hold under which a learner trains like its STE counterpart.
#pragma once

#include <optional>
#include <string>

namespace steq {

struct CheckOptions {
  std::optional<std::string> run{};        ///< a run directory; in its place a recipe:
  std::optional<std::string> estimator{};  ///< SPEC
  std::optional<std::string> quantizer{};  ///< SPEC; the range is 1 unless given
  std::string optimizer = "sgd";           ///< SPEC
  std::optional<double> learning_rate{};   ///< the peak
  bool json = false;
};

struct CheckResult {
  std::string output;  ///< the text or the JSON document that goes to standard output
  bool equivalent;     ///< no assumption that matters is known to fail
};

/// Throws InputError with every problem of the options, and where the directory is none of a complete run.
CheckResult check(const CheckOptions& options);

}  // namespace steq
