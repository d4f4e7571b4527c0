// SPDX-License-Identifier: MIT
#include "experiments/config/presets.hpp"

#include "records/json_text.hpp"

namespace steq {

const std::vector<Preset>& presets() {
  static const std::vector<Preset> all = embedded_presets();
  return all;
}

std::vector<std::string> preset_names() {
  std::vector<std::string> names;
  for (const Preset& preset : presets()) names.push_back(preset.name);
  return names;
}

const Preset* find_preset(const std::string& name) {
  for (const Preset& preset : presets())
    if (preset.name == name) return &preset;
  return nullptr;
}

std::string description(const Preset& preset) {
  return parse_json(preset.text, preset.name).value("description", std::string());
}

}  // namespace steq
