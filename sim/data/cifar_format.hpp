// SPDX-License-Identifier: MIT
// The binary versions of CIFAR-10 and CIFAR-100: records of label bytes and 3072 pixels (3 x 32 x 32).
#pragma once

#include "sim/data/dataset.hpp"

namespace steq {

struct CifarRules {
  std::vector<std::string> train, test;  ///< names of the files
  std::string folder;                    ///< into which the binary version is unpacked
  std::vector<std::string> python;       ///< files that the Python version has, in or below the directory
  std::string archive;                   ///< of the binary version
  std::size_t label_bytes = 1;           ///< of each record
  std::size_t label = 0;                 ///< which of them is the class
  std::size_t classes = 10;
};

/// Reads the train files that are there and all test files; a remark says which are missing. Throws InputError with all
/// that is wrong with them, or where they are not found.
DataSplits read_cifar(const std::string& directory, const CifarRules& rules);

}  // namespace steq
