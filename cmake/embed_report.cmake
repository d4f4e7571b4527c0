# Embeds what an HTML report is made of in the program: plots/report/assets/*, the citation file, and dygraphs
# (libjs-dygraphs), so that a report needs neither a share directory nor a network.
file(GLOB report_files CONFIGURE_DEPENDS plots/report/assets/*)
list(APPEND report_files ${PROJECT_SOURCE_DIR}/CITATION.cff ${STEQ_DYGRAPHS}/dygraph.min.js ${STEQ_DYGRAPHS}/dygraph.min.css)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${report_files})

set(asset_lines "")
foreach(file IN LISTS report_files)
  get_filename_component(name ${file} NAME)
  file(READ ${file} text)
  string(REGEX REPLACE "/[/*]# sourceMappingURL=[^\n]*" "" text "${text}")
  string(APPEND asset_lines "      {\"${name}\", R\"asset(${text})asset\"},\n")
endforeach()

file(CONFIGURE OUTPUT generated/embedded_assets.cpp @ONLY CONTENT [[
// SPDX-License-Identifier: MIT
// Written by cmake/embed_report.cmake.
#include "plots/report/assets.hpp"

const std::map<std::string_view, std::string_view>& steq::embedded_assets() {
  static const std::map<std::string_view, std::string_view> all{
@asset_lines@  };
  return all;
}
]])
target_sources(steq_plots PRIVATE ${PROJECT_BINARY_DIR}/generated/embedded_assets.cpp)
