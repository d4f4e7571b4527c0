// SPDX-License-Identifier: MIT
// The JSON of a run directory beside a good logs.h5. The first byte says which file the others are.
#include "records/log_file.hpp"
#include "records/stored_run.hpp"

#include "records/stored_learner.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace steq;

namespace {

constexpr const char* kFiles[] = {"summary.json", "config.json", "manifest.json", "history.jsonl"};

void write_logs() {
  LogWriter logs(fuzz::folder().file("logs.h5"));
  ChangePointLog log({0, 1, 1});
  log.append({1, 2, 0});
  for (const char* learner : {"a", "b"}) logs.write_change_points(learner, "w", log);
  logs.close();
}

void read_all(const StoredRun& run) {
  run.name();
  run.known_steps();
  run.remarks();
  run.steps();
  for (const std::string& learner : run.learners())
    fuzz::accept_or_refuse([&] { const StoredLearner stored(run, learner); });
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool once = (write_logs(), true);
  if (!once || size == 0) return 0;
  for (const char* name : kFiles) std::filesystem::remove(fuzz::folder().path() / name);
  fuzz::folder().write(kFiles[data[0] % std::size(kFiles)], fuzz::text(data + 1, size - 1));
  fuzz::accept_or_refuse([&] { read_all(StoredRun(fuzz::folder().path())); });
  return 0;
}
