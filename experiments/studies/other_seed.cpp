// SPDX-License-Identifier: MIT
#include "experiments/studies/other_seed.hpp"

#include "records/comparison_json.hpp"
#include "records/stored_learner.hpp"

namespace steq {
namespace {

/// Test images that are drawn, and not read from files, are other images with another seed.
bool same_test_images(const StoredRun& a, const StoredRun& b) {
  const auto data = [](const StoredRun& run) {
    return run.manifest().is_object() ? run.manifest().value("data", Json()) : Json();
  };
  return !data(a).empty() && data(a) == data(b);
}

LearnerTrace without_inference(LearnerTrace trace) {
  trace.logits.clear();
  trace.labels.clear();
  return trace;
}

}  // namespace

Json other_seed_comparison(const std::filesystem::path& a, const std::filesystem::path& b, const std::string& learner) {
  const StoredRun run_a(a), run_b(b);
  const StoredLearner stored_a(run_a, learner), stored_b(run_b, learner);
  const bool same = same_test_images(run_a, run_b);
  const LearnerTrace trace_a = same ? stored_a.trace() : without_inference(stored_a.trace());
  const LearnerTrace trace_b = same ? stored_b.trace() : without_inference(stored_b.trace());
  return comparison_json(trace_a, trace_b, identity_map);
}

}  // namespace steq
