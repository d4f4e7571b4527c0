// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace steq {

/// How the cases of a study are run, and where.
struct StudyOptions {
  std::filesystem::path directory;  ///< of the study
  int threads = 1;
  bool force = false;                                                          ///< run again what is there
  bool quiet = false;                                                          ///< no progress bar
  std::function<void(const std::string&)> on_run = [](const std::string&) {};  ///< told of each before it starts
  std::function<void(const std::string&)> say = [](const std::string&) {};     ///< told what the user should know
};

}  // namespace steq
