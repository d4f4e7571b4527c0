// SPDX-License-Identifier: MIT
#include "sim/data/data_remarks.hpp"

#include <algorithm>

#include "sim/data/normalization.hpp"

namespace steq {
namespace {

constexpr std::size_t kMostNamed = 10;

std::string missing_classes(const DataSplits& splits) {
  std::vector<bool> seen(splits.classes);
  for (const std::uint8_t label : splits.train.labels) seen[label] = true;
  std::vector<std::size_t> missing;
  for (std::size_t label = 0; label < seen.size(); ++label)
    if (!seen[label]) missing.push_back(label);
  if (missing.empty()) return "";
  const std::size_t all = missing.size();
  missing.resize(std::min(all, kMostNamed));
  return fmt::format("no training image has the label {}{}; labels count from 0, and there are {} classes",
                     fmt::join(missing, ", "), all > kMostNamed ? ", ..." : "", splits.classes);
}

std::string alike(const Dataset& data, const std::string& split) {
  return data.visit_values([&](const auto& values) -> std::string {
    if (std::ranges::any_of(values, [&](const auto& value) { return value != values.front(); })) return "";
    return fmt::format("every pixel of every {} image is {}", split, values.front());
  });
}

std::string tested_on_training(const DataSplits& splits) {
  const auto begins_with = [](const auto& train, const auto& test) {
    return test.size() <= train.size() && std::equal(test.begin(), test.end(), train.begin());
  };
  if (!begins_with(splits.train.pixels, splits.test.pixels) || !begins_with(splits.train.reals, splits.test.reals))
    return "";
  return fmt::format("the {} test images are the first training images", splits.test.size());
}

}  // namespace

std::vector<std::string> data_remarks(const DataSplits& splits) {
  std::vector<std::string> remarks{missing_classes(splits), alike(splits.train, "training"), alike(splits.test, "test"),
                                   tested_on_training(splits)};
  std::erase(remarks, "");
  return remarks;
}

}  // namespace steq
