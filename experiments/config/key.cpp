// SPDX-License-Identifier: MIT
#include "experiments/config/key.hpp"

namespace steq {

KeyInfo key_info(const ParameterInfo& parameter) {
  return {.name = parameter.name,
          .meaning = parameter.meaning,
          .allowed = allowed(parameter),
          .kind = parameter.kind,
          .fallback = parameter.fallback ? to_json(*parameter.fallback) : Json(nullptr),
          .required = !parameter.fallback && parameter.instead_of.empty(),
          .aliases = parameter.aliases};
}

}  // namespace steq
