// SPDX-License-Identifier: MIT
#include "records/made_directories.hpp"

#include "sim/core/errors.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

void remove_empty(const std::vector<fs::path>& directories) noexcept {
  std::error_code error;
  for (const fs::path& directory : directories) fs::remove(directory, error);  // refuses where it is not empty
}

}  // namespace

MadeDirectories::MadeDirectories(const fs::path& directory) {
  std::error_code error;
  for (fs::path path = directory; !fs::exists(path, error) && path != path.parent_path(); path = path.parent_path())
    made_.push_back(path);
  try {
    make_directories(directory);
  } catch (const IoError&) {
    remove_empty(made_);
    throw;
  }
}

MadeDirectories::~MadeDirectories() { remove_empty(made_); }

void make_directories(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw IoError(path.string(), "cannot make the directory: " + error.message());
}

}  // namespace steq
