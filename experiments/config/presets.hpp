// SPDX-License-Identifier: MIT
// The experiments that the program carries: the files presets/*.json, embedded when it is built.
#pragma once

#include <string>
#include <vector>

namespace steq {

struct Preset {
  std::string name;  ///< the file's name without .json
  std::string text;
};

/// By name.
const std::vector<Preset>& presets();
std::vector<std::string> preset_names();

/// Null where there is none of that name.
const Preset* find_preset(const std::string& name);

/// The "description" of the preset's document.
std::string description(const Preset& preset);

/// Written by cmake/embed_presets.cmake.
std::vector<Preset> embedded_presets();

}  // namespace steq
