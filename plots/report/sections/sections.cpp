// SPDX-License-Identifier: MIT
#include "plots/report/sections.hpp"

// One line for each part, in the order of the page: the name of the function that makes it.
// clang-format off
#define STEQ_RUN_SECTIONS(entry) \
  entry(verdict)                 \
  entry(settings)                \
  entry(ending)                  \
  entry(sizes)                   \
  entry(noise)                   \
  entry(assumptions)             \
  entry(metrics)                 \
  entry(windows)                 \
  entry(curves)                  \
  entry(explorer)                \
  entry(pictures)                \
  entry(methods)                 \
  entry(reproduction)            \
  entry(provenance)

#define STEQ_SWEEP_SECTIONS(entry) \
  entry(sweep_verdicts)            \
  entry(sweep_table)               \
  entry(sweep_curves)              \
  entry(sweep_pair)                \
  entry(sweep_methods)             \
  entry(sweep_reproduction)
// clang-format on

namespace steq {
namespace sections {
#define STEQ_DECLARE_RUN(name) std::optional<Section> name(const ReportedRun& run);
STEQ_RUN_SECTIONS(STEQ_DECLARE_RUN)
#define STEQ_DECLARE_SWEEP(name) std::optional<Section> name(const Runs& runs);
STEQ_SWEEP_SECTIONS(STEQ_DECLARE_SWEEP)
}  // namespace sections

std::vector<Section> run_sections(const ReportedRun& run) {
  std::vector<Section> made;
#define STEQ_MAKE_RUN(name) \
  if (auto section = sections::name(run)) made.push_back(*std::move(section));
  STEQ_RUN_SECTIONS(STEQ_MAKE_RUN)
  return made;
}

std::vector<Section> sweep_sections(const Runs& runs) {
  std::vector<Section> made;
#define STEQ_MAKE_SWEEP(name) \
  if (auto section = sections::name(runs)) made.push_back(*std::move(section));
  STEQ_SWEEP_SECTIONS(STEQ_MAKE_SWEEP)
  return made;
}

}  // namespace steq

#undef STEQ_DECLARE_RUN
#undef STEQ_DECLARE_SWEEP
