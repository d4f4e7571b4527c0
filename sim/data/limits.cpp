// SPDX-License-Identifier: MIT
#include <algorithm>

#include "sim/data/dataset.hpp"

namespace steq {
namespace {

ParameterInfo limit_parameter(const std::string& split) {
  return {.name = split + "_limit",
          .kind = Kind::integer,
          .fallback = Value("all"),
          .meaning = "use the first so many " + split + " images only",
          .min = 1,
          .words = {"all"},
          .aliases = {{"limit", "\"train_limit\" or \"test_limit\""}}};
}

void apply_limit(Dataset& data, const std::string& split, const Parameters& parameters) {
  const std::string key = split + "_limit";
  if (parameters.is_word(key)) return;
  const auto limit = static_cast<std::size_t>(parameters.integer(key));
  if (limit > data.size())
    throw InputError(
        key, fmt::format("{} is not allowed; there are {} {} images; allowed: an integer in [1, {}] or \"all\"", limit,
                         data.size(), split, data.size()));
  data.labels.resize(limit);
  data.labels.shrink_to_fit();
  const auto cut = [&](auto& values) {
    values.resize(std::min(values.size(), limit * data.image.size()));
    values.shrink_to_fit();
  };
  cut(data.pixels);
  cut(data.reals);
}

}  // namespace

std::vector<ParameterInfo> limit_parameters() { return {limit_parameter("train"), limit_parameter("test")}; }

void apply_limits(DataSplits& splits, const Parameters& parameters) {
  std::vector<Problem> problems;
  collect(problems, [&] { apply_limit(splits.train, "train", parameters); });
  collect(problems, [&] { apply_limit(splits.test, "test", parameters); });
  throw_if_any(problems);
}

}  // namespace steq
