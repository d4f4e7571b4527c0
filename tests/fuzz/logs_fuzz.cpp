// SPDX-License-Identifier: MIT
// logs.h5, all that a reader can ask of it.
#include "records/log_reader.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace steq;

/// The library itself forgets some memory where it gives up on a damaged file.
extern "C" const char* __lsan_default_suppressions() { return "leak:libhdf5"; }

namespace {

void read_all(const LogReader& logs) {
  const auto read = [](const auto& work) { fuzz::accept_or_refuse(work); };
  read([&] { logs.labels(); });
  for (const std::string& learner : logs.learners()) {
    read([&] { logs.batch_loss(learner); });
    read([&] { logs.latent_steps(learner); });
    read([&] { logs.logits(learner); });
    read([&] { logs.steps(learner); });
    read([&] { logs.last_change(learner); });
    for (const std::string& tensor : logs.tensors(learner)) {
      read([&] { logs.change_points(learner, tensor); });
      read([&] { logs.grid(learner, tensor); });
      read([&] { logs.range(learner, tensor); });
      read([&] { logs.path_length(learner, tensor); });
      read([&] { logs.latent(learner, tensor); });
      read([&] { logs.latent_record(learner, tensor, 0); });
    }
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string file = fuzz::folder().write("logs.h5", fuzz::text(data, size));
  fuzz::accept_or_refuse([&] { read_all(LogReader(file)); });
  return 0;
}
