// SPDX-License-Identifier: MIT
#include "experiments/diff/diff.hpp"

#include <fmt/format.h>

#include "experiments/diff/diff_json.hpp"
#include "experiments/diff/diff_text.hpp"
#include "sim/core/errors.hpp"

namespace steq {

DiffResult diff(const DiffOptions& options) {
  const RunPair runs = open_runs(options);
  try {
    const RunDiff found = run_diff(runs);
    return {options.json ? file_text(diff_json(found)) : diff_text(found), found.same(), found.remarks};
  } catch (const Json::exception& error) {
    throw InputError(
        options.a + ", " + options.b,
        fmt::format("config.json, summary.json or manifest.json is not what steq run writes: {}", error.what()));
  }
}

}  // namespace steq
