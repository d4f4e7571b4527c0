# Embeds experiments/presets/*.json in the program, so that it needs no share directory.
file(GLOB preset_files CONFIGURE_DEPENDS experiments/presets/*.json)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${preset_files})

set(preset_lines "")
foreach(file IN LISTS preset_files)
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} text)
  string(APPEND preset_lines "      {\"${name}\", R\"preset(${text})preset\"},\n")
endforeach()

file(CONFIGURE OUTPUT generated/embedded_presets.cpp @ONLY CONTENT [[
// SPDX-License-Identifier: MIT
// Written by cmake/embed_presets.cmake.
#include "experiments/config/presets.hpp"

std::vector<steq::Preset> steq::embedded_presets() {
  return {
@preset_lines@  };
}
]])
target_sources(steq_experiments PRIVATE ${PROJECT_BINARY_DIR}/generated/embedded_presets.cpp)
