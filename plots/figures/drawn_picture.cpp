// SPDX-License-Identifier: MIT
#include "plots/figures/drawn_picture.hpp"

#include <cstdlib>
#include <filesystem>

#include "plots/figures/gnuplot.hpp"
#include "records/files.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

/// A directory of its own, gone afterwards.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "steq-figure-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw IoError(pattern, "cannot make the directory");
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace

std::optional<std::string> drawn_picture(const std::string& name, const std::string& script) {
  const TemporaryFolder folder;
  const auto picture = run_gnuplot(folder.path(), name, script);
  if (!picture) return std::nullopt;
  return read_file(picture->string());
}

}  // namespace steq
