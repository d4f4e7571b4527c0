// SPDX-License-Identifier: MIT
// Every key of a config by its path, those of plug-ins included.
#pragma once

#include <string>
#include <vector>

#include "experiments/config/key.hpp"

namespace steq {

/// What a key is in some of the plug-ins that have it; `of` is empty for a key that belongs to no plug-in.
struct KeyMeaning {
  std::vector<std::string> of;
  KeyInfo info;
};

struct ListedKey {
  std::string path;  ///< "learners.estimator.k", without the indices of lists
  std::vector<KeyMeaning> meanings;
  std::string plugins = {};  ///< the kind of plug-in whose parameter it is; empty for any other key
};

/// In the order in which a resolved config has them.
const std::vector<ListedKey>& all_keys();

/// The path as it is listed: "learners[0].like" and "learners.0.like" are "learners.like", and the layers of a branch
/// are layers.
std::string listed_path(const std::string& path);

/// Null where there is no such key.
const ListedKey* find_key(const std::string& path);

}  // namespace steq
