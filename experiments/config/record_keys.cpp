// SPDX-License-Identifier: MIT
#include <limits>

#include "experiments/config/config_keys.hpp"
#include "experiments/config/key_kinds.hpp"

namespace steq {
namespace {

Key<RecordConfig> flag(const std::string& name, const std::string& meaning, bool fallback, bool RecordConfig::*member) {
  return value_key({.name = name, .kind = Kind::boolean, .fallback = Value(fallback), .meaning = meaning}, member);
}

template <class Member>
Key<RecordConfig> count(const std::string& name, const std::string& meaning, std::int64_t fallback,
                        Member RecordConfig::*member) {
  return value_key({.name = name,
                    .kind = Kind::integer,
                    .fallback = Value(fallback),
                    .meaning = meaning,
                    .min = 0,
                    .max = std::numeric_limits<std::uint32_t>::max()},
                   member);
}

}  // namespace

const KeyTable<RecordConfig>& record_keys() {
  using R = RecordConfig;
  static const KeyTable<R> table{
      .keys = {flag("change_points", "record every change of a level", true, &R::change_points),
               count("latent_every", "steps between records of the latent weights; 0: none", 0, &R::latent_every),
               count("weights_every_epochs", "epochs between weights files; 0: only initial and final", 1,
                     &R::weights_every_epochs),
               flag("driven_twins", "follow each learner with the STE that its own gradients drive", false,
                    &R::driven_twins),
               flag("bounds", "hold the theorems against every step of equivalent pairs", false, &R::bounds)}};
  return table;
}

}  // namespace steq
