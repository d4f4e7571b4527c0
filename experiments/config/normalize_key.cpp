// SPDX-License-Identifier: MIT
#include <algorithm>

#include "experiments/config/config_keys.hpp"

namespace steq {
namespace {

constexpr const char* kAllowed = "\"none\", \"dataset\" or {\"mean\": [..], \"std\": [..]}";

const ParameterInfo& mean_info() {
  static const ParameterInfo info{
      .name = "mean", .kind = Kind::numbers, .meaning = "what is subtracted from each channel of pixels / 255"};
  return info;
}

const ParameterInfo& std_info() {
  static const ParameterInfo info{.name = "std",
                                  .kind = Kind::numbers,
                                  .meaning = "what each channel is divided by then",
                                  .min = 0,
                                  .min_excluded = true,
                                  .aliases = {{"deviation"}, {"stddev"}, {"scale"}}};
  return info;
}

const ParameterInfo& of_info() {
  static const ParameterInfo info{.name = "of",
                                  .kind = Kind::text,
                                  .fallback = Value("numbers"),
                                  .meaning = "where the numbers come from: measured in the training images, or given",
                                  .words = {"dataset", "numbers"}};
  return info;
}

void read_numbers(const ConfigNode& node, NormalizeConfig& normalize) {
  Values values = read_object(node, {mean_info(), std_info(), of_info()});
  normalize.of_dataset = take<std::string>(values, "of") == "dataset";
  normalize.numbers = {take<Numbers>(values, "mean"), take<Numbers>(values, "std")};
  const auto& [mean, deviation] = normalize.numbers;
  if (!mean.empty() && !deviation.empty() && mean.size() != deviation.size())
    node.report(fmt::format("{} means and {} standard deviations; allowed: one of each a channel", mean.size(),
                            deviation.size()));
}

void read(const ConfigNode& node, NormalizeConfig& normalize) {
  if (node.json.is_object()) return read_numbers(node, normalize);
  if (node.json != "none" && node.json != "dataset") return node.refuse(kAllowed);
  normalize.of_dataset = node.json == "dataset";
}

Json written(const NormalizeConfig& normalize) {
  if (normalize.numbers.mean.empty()) return normalize.of_dataset ? "dataset" : "none";
  Json json{{"mean", normalize.numbers.mean}, {"std", normalize.numbers.deviation}};
  if (normalize.of_dataset) json["of"] = "dataset";
  return json;
}

}  // namespace

Key<DataConfig> normalize_key() {
  return {.info = {.name = "normalize",
                   .meaning = "what is done to each channel of pixels / 255; dataset: less the mean, over the standard "
                              "deviation of the training images in use",
                   .allowed = kAllowed,
                   .fallback = "none",
                   .keys = {key_info(mean_info()), key_info(std_info()), key_info(of_info())}},
          .read =
              [](const ConfigNode& data, DataConfig& config) {
                if (data.has("normalize")) read(data.at("normalize"), config.normalize);
              },
          .write = [](const DataConfig& config, Json& data) { data["normalize"] = written(config.normalize); }};
}

}  // namespace steq
