// SPDX-License-Identifier: MIT
// Files of a run directory that were cut off at any byte: refused, or read as far as they are whole; never a crash.
#include <catch2/catch.hpp>

#include "records/log_file.hpp"
#include "records/stored_learner.hpp"
#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using testing::get;
using testing::put;
using testing::TemporaryDirectory;

namespace {

constexpr std::size_t kTail = 4096;

/// Two learners with change points, and latent weights over many chunks.
void write_logs(const std::string& path) {
  LogWriter logs(path);
  ChangePointLog log(std::vector<Level>(500, 1));
  for (WeightIndex w = 0; w < 500; ++w) log.append({w, 1 + w / 7, static_cast<Level>(w % 2 * 2)});
  for (const char* learner : {"a", "b"}) {
    logs.write_change_points(learner, "w", log);
    logs.write_batch_loss(learner, std::vector<double>(80, 0.25));
    for (Step step = 0; step < 3; ++step) {
      logs.append_latent(learner, "w", std::vector<float>(500, static_cast<float>(step)));
      logs.append_latent_step(learner, step);
    }
  }
  logs.close();
}

std::string history(int epochs) {
  std::string text;
  for (int epoch = 1; epoch <= epochs; ++epoch)
    for (const char* learner : {"a", "b"})
      text += Json{{"learner", learner}, {"epoch", epoch}, {"train_loss", 1.0 / epoch}}.dump() + "\n";
  return text;
}

/// All that the run holds of learner a, as text.
std::string contents(const std::filesystem::path& run) {
  const StoredRun stored(run);
  const StoredLearner learner(stored, "a");
  const LearnerTrace& trace = learner.trace();
  const ChangePointLog& log = *trace.tensors.at(0).log;
  return Json{trace.train_loss,
              log.initial_levels(),
              log.weights(),
              log.steps(),
              log.levels(),
              stored.logs().batch_loss("a"),
              stored.logs().latent("a", "w"),
              stored.logs().latent_steps("a")}
      .dump();
}

/// Every length of the tail, and every `stride`-th before it.
template <class Visit>
void for_each_cut(std::size_t size, std::size_t stride, const Visit& visit) {
  for (std::size_t length = 0; length < size; length += length + kTail < size ? stride : 1) visit(length);
}

}  // namespace

TEST_CASE("a log that was cut off anywhere is refused, or what it gives is right", "[durability]") {
  const TemporaryDirectory run;
  const auto file = run.path() / "logs.h5";
  write_logs(file.string());
  const std::string whole = get(file), expected = contents(run.path());
  std::size_t refusals = 0, cuts = 0;
  for_each_cut(whole.size(), 97, [&](std::size_t length) {
    CAPTURE(length);
    ++cuts;
    put(file, whole.substr(0, length));
    try {
      const std::string found = contents(run.path());
      REQUIRE(found == expected);
    } catch (const InputError& error) {
      ++refusals;
      REQUIRE(error.problems().size() == 1);
      REQUIRE(error.problems()[0].place == file.string());
    }
  });
  CHECK(refusals + 8 > cuts);  // HDF5 knows how long its file must be
}

TEST_CASE("a history that was cut off is refused by line, or gives the epochs before", "[durability]") {
  const TemporaryDirectory run;
  write_logs(run.file("logs.h5"));
  const auto file = run.path() / "history.jsonl";
  const std::string whole = history(5);
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    CAPTURE(length);
    put(file, whole.substr(0, length));
    const auto lines =
        static_cast<std::size_t>(std::count(whole.begin(), whole.begin() + static_cast<long>(length), '\n'));
    try {
      const std::size_t entries = StoredRun(run.path()).history().size();
      REQUIRE((entries == lines || (entries == lines + 1 && whole[length] == '\n')));
    } catch (const InputError& error) {
      REQUIRE(error.problems()[0].place == fmt::format("{}, line {}", file.string(), lines + 1));
    }
  }
}
