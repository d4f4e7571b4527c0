// SPDX-License-Identifier: MIT
#include "records/tensor_names.hpp"

#include <sstream>

namespace steq {

std::string unwrapped_name(const std::string& tensor) {
  std::string name, part;
  std::istringstream parts(tensor);
  for (bool first = true; std::getline(parts, part, '.');) {
    if (part == "_orig_mod" || (first && part == "module")) continue;
    name += (first ? "" : ".") + part;
    first = false;
  }
  return name;
}

}  // namespace steq
