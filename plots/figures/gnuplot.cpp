// SPDX-License-Identifier: MIT
#include "plots/figures/gnuplot.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "records/files.hpp"
#include "sim/core/errors.hpp"

namespace steq {
namespace {

constexpr int kNotFound = 127;

/// Exit status of `gnuplot NAME.gp` run in `folder`, its output discarded.
int spawn_gnuplot(const std::filesystem::path& folder, std::string file) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
    posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0);
  std::string program = "gnuplot", defaults = "-d";  // whatever stands in the user's own settings
  char* arguments[] = {program.data(), defaults.data(), file.data(), nullptr};
  pid_t child = 0;
  const int failed = posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed) return kNotFound;
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

/// The PDF's date of creation becomes 1 January 2000, so that the same figure gives the same bytes.
void fix_date(const std::filesystem::path& pdf) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(pdf, error)) return;
  std::string bytes = read_file(pdf.string());
  const std::string key = "/CreationDate (D:", date = "20000101000000";
  const std::size_t at = bytes.find(key);
  if (at == std::string::npos || at + key.size() + date.size() > bytes.size()) return;
  bytes.replace(at + key.size(), date.size(), date);
  write_file_atomically(pdf.string(), bytes);
}

}  // namespace

std::optional<std::filesystem::path> run_gnuplot(const std::filesystem::path& folder, const std::string& name,
                                                 const std::string& script) {
  std::filesystem::create_directories(folder);
  const std::filesystem::path file = folder / (name + ".gp");
  write_file_atomically(file.string(), script);
  const int status = spawn_gnuplot(folder, name + ".gp");
  if (status == kNotFound) return std::nullopt;
  const std::filesystem::path picture = folder / (name + ".svg"), pdf = folder / (name + ".pdf");
  if (status == 0) return fix_date(pdf), picture;
  std::filesystem::remove(picture);
  std::filesystem::remove(pdf);
  throw IoError((folder.filename() / file.filename()).string(), fmt::format("gnuplot ends with status {}", status));
}

}  // namespace steq
