// SPDX-License-Identifier: MIT
#include "experiments/diff/divergence_text.hpp"

#include <fmt/format.h>

#include "plots/tables/text_table.hpp"
#include "plots/tables/wrapped.hpp"

namespace steq {
namespace {

constexpr std::size_t kDiffIndent = 4;

std::string after_text(const AfterDivergence& after) {
  if (!after.together) return "never together again";
  if (!after.apart_for_good) return fmt::format("together again at step {}, and at the end", *after.together);
  return fmt::format("together again at step {}, apart for good from step {} on", *after.together,
                     *after.apart_for_good);
}

}  // namespace

std::string divergence_text(const Divergence& p) {
  std::string text = fmt::format("First divergence: step {}, {}, weight {}: level {} in A, {} in B", p.first.step,
                                 p.first.tensor, p.first.weight, p.first.level_a, p.first.level_b);
  if (p.latent)
    text += fmt::format("; at step {} its latent weight was {} bins from the nearest threshold in A, {} in B",
                        p.latent->step, number_text(p.latent->a), number_text(p.latent->b));
  text = wrapped("", text, 0);
  text += wrapped("", "That weight: " + after_text(p.weight) + ".", kDiffIndent);
  text += wrapped("",
                  fmt::format("All {} weights: {}; at most {} apart, at step {}; {} at the end.", p.weights,
                              after_text(p.network), p.most_apart, p.most_apart_step, p.apart_at_end),
                  kDiffIndent);
  return text;
}

}  // namespace steq
