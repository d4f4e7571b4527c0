// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace steq::losses {

/// softmax(logits / temperature) of one sample, in double, whatever the size of the logits.
template <class T>
class Softmax {
 public:
  explicit Softmax(std::span<const T> logits, double temperature = 1) : logits_(logits), temperature_(temperature) {
    top_ = static_cast<double>(*std::max_element(logits.begin(), logits.end()));
    for (std::size_t c = 0; c < logits.size(); ++c) sum_ += std::exp(exponent(c));
    log_sum_ = std::log(sum_) + top_ / temperature_;
  }

  double share(std::size_t c) const { return std::exp(exponent(c)) / sum_; }
  /// -log share, in nats.
  double surprise(std::size_t c) const { return log_sum_ - static_cast<double>(logits_[c]) / temperature_; }

 private:
  double exponent(std::size_t c) const { return (static_cast<double>(logits_[c]) - top_) / temperature_; }

  std::span<const T> logits_;
  double temperature_;
  double top_ = 0, sum_ = 0, log_sum_ = 0;
};

}  // namespace steq::losses
