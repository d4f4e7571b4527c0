// SPDX-License-Identifier: MIT
#include "experiments/analysis/analyse.hpp"

#include "experiments/analysis/mapped_weights.hpp"
#include "experiments/analysis/run_table.hpp"
#include "records/files.hpp"

namespace steq {

void analyse(const std::filesystem::path& run_directory, const NamedControls& controls) {
  const AnalysedRun run(run_directory, controls);
  const std::filesystem::path folder = run_directory / "tables";
  for (const RunTable& entry : run_tables())
    if (const auto table = entry.make(run)) {
      std::filesystem::create_directories(folder);
      write_file_atomically((folder / (entry.name + ".csv")).string(), to_csv(*table));
    }
  write_mapped_weights(run);
}

}  // namespace steq
