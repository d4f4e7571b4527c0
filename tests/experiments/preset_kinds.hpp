// SPDX-License-Identifier: MIT
// Which presets are of what kind.
#pragma once

#include "experiments/config/config.hpp"
#include "experiments/config/presets.hpp"

namespace steq::testing {

inline std::string kind_of(const Preset& preset) { return load_document(preset.name).value("kind", "training"); }

/// True where the preset trains on files that the caller must name.
inline bool needs_files(const Preset& preset) {
  const Json document = load_document(preset.name);
  return document.contains("data") && document["data"]["dataset"] != "synthetic-digits";
}

/// The presets of the central comparison: q-hat, its equivalent and the controls.
inline std::vector<Preset> central_presets() {
  std::vector<Preset> central;
  for (const Preset& preset : presets())
    for (const Json& learner : load_document(preset.name).value("learners", Json::array()))
      if (learner["name"] == "copy") central.push_back(preset);
  return central;
}

}  // namespace steq::testing
