// SPDX-License-Identifier: MIT
#include "experiments/commands/describe_pages.hpp"

#include "experiments/commands/describe_estimator.hpp"
#include "experiments/commands/describe_markdown.hpp"
#include "experiments/commands/describe_metrics.hpp"
#include "plots/figures/estimator_figure.hpp"
#include "records/files.hpp"
#include "theory/estimator_graph.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

void make_directory(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) throw IoError(directory.string(), "cannot make the directory: " + error.message());
}

}  // namespace

std::vector<fs::path> write_estimator_pages(const fs::path& directory, const std::optional<std::string>& name) {
  if (name && !estimator_registry().find(*name))
    throw InputError("describe estimators", estimator_registry().unknown(*name));
  make_directory(directory);
  std::vector<fs::path> written;
  const auto write = [&](const std::string& file, const std::string& bytes) {
    written.push_back(directory / file);
    write_file_atomically(written.back().string(), bytes);
  };
  for (const auto& entry : estimator_registry().entries()) {
    if (name && entry.info.name != *name) continue;
    const ShownEstimator subject = shown(entry, parse_spec(shown_grid(entry.info), "grid"));
    write(entry.info.name + ".md", markdown_page(entry));
    if (const auto picture = draw_estimator(estimator_graph(*subject.estimator, *subject.quantizer)))
      write(entry.info.name + ".svg", *picture);
  }
  if (name) return written;
  write("index.md", markdown_index());
  write("other-libraries.md", markdown_other_libraries());
  return written;
}

std::vector<fs::path> write_metrics_page(const fs::path& directory, const std::optional<std::string>& name) {
  const std::string page = metrics_markdown(name);
  make_directory(directory);
  const fs::path file = directory / (name.value_or("metrics") + ".md");
  write_file_atomically(file.string(), page);
  return {file};
}

}  // namespace steq
