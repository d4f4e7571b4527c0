// SPDX-License-Identifier: MIT
#include "experiments/weights/tensor_code.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/codings/geometry.hpp"

namespace steq {
namespace {

constexpr std::size_t kBinsOfWeights = 160, kMostLines = 64;

template <class T>
std::vector<double> shares_of(std::span<const T> x, double low, double width) {
  std::vector<std::size_t> counts(kBinsOfWeights);
  for (const T value : x) {
    const double place = (static_cast<double>(value) - low) / width;
    ++counts[static_cast<std::size_t>(std::clamp(place, 0.0, kBinsOfWeights - 1.0))];
  }
  std::vector<double> shares;
  for (const std::size_t count : counts) shares.push_back(static_cast<double>(count) / static_cast<double>(x.size()));
  return shares;
}

/// Nothing where there are more than lines can show.
template <class T>
std::vector<double> different_values(const std::vector<T>& values) {
  std::set<T> different;
  T last = values[0];
  different.insert(last);
  for (const T value : values) {
    if (value != last) different.insert(last = value);
    if (different.size() > kMostLines) return {};
  }
  return {different.begin(), different.end()};
}

template <class T>
LevelPanel panel_of(const std::string& name, std::span<const T> w, const CodedWeights<T>& coded, double error) {
  const auto [least, most] = std::ranges::minmax_element(w);
  LevelPanel panel{.title = fmt::format("{}: relative squared error {:.4g}", name, error),
                   .low = static_cast<double>(*least),
                   .width = (static_cast<double>(*most) - static_cast<double>(*least)) / kBinsOfWeights,
                   .levels = different_values(coded.values)};
  if (!(panel.width > 0)) panel.width = 1.0 / kBinsOfWeights;
  panel.shares = shares_of(w, panel.low, panel.width);
  panel.quantized = shares_of(std::span<const T>(coded.values), panel.low, panel.width);
  return panel;
}

Json parameters_json(const std::map<std::string, std::vector<double>>& parameters) {
  Json json = Json::object();
  for (const auto& [name, numbers] : parameters) {
    if (numbers.size() == 1) {
      json[name] = to_json(numbers[0]);
      continue;
    }
    json[name] = Json::array();
    for (const double number : numbers) json[name].push_back(to_json(number));
  }
  return json;
}

template <class T>
Json facts_of(const std::string& name, const CodedWeights<T>& coded, const Geometry& geometry) {
  const double bits = index_bits(coded.indices);
  return {{"name", name},
          {"weights", coded.values.size()},
          {"levels", coded.levels},
          {"relative_squared_error", to_json(geometry.relative_squared_error)},
          {"angle_degrees", to_json(geometry.angle_degrees)},
          {"zero_share", to_json(geometry.zero_share)},
          {"bits", to_json(bits)},
          {"huffman_bits", to_json(huffman_bits(coded.indices))},
          {"compression", to_json(compression(coded.values.size(), bits, coded.stored))},
          {"parameters", parameters_json(coded.parameters)}};
}

/// Sums and differences of very large numbers may be infinite.
template <class T>
void require_finite_code(const CodedWeights<T>& coded, const std::vector<T>& w) {
  const auto finite = [](auto x) { return std::isfinite(x); };
  const auto numbers = [&](const auto& parameter) { return std::ranges::all_of(parameter.second, finite); };
  if (std::ranges::all_of(coded.values, finite) && std::ranges::all_of(coded.parameters, numbers)) return;
  const auto [least, most] = std::ranges::minmax_element(w);
  throw ParameterError("",
                       fmt::format("weights from {} to {} are too large: their levels, or sums that these need, are "
                                   "not finite; allowed: smaller weights or curvatures",
                                   *least, *most));
}

template <class T>
TensorCode code_numbers(StoredTensor& tensor, const StoredTensor* curvature, const Coding& coding,
                        const CodingJob& job) {
  std::vector<T>& w = std::get<std::vector<T>>(tensor.data);
  FinishedWeights<T> weights{.w = w, .rows = tensor.shape.size() > 1 ? tensor.shape[0] : 1};
  if (curvature) weights.curvature = std::get<std::vector<T>>(curvature->data);
  CodedWeights<T> coded = coding.code(weights, job);
  require_finite_code(coded, w);
  const Geometry geometry = geometry_of(std::span<const T>(w), std::span<const T>(coded.values), job.threads);
  TensorCode code{.facts = facts_of(tensor.name, coded, geometry),
                  .panel = panel_of(tensor.name, std::span<const T>(w), coded, geometry.relative_squared_error)};
  w = std::move(coded.values);
  return code;
}

}  // namespace

TensorCode code_tensor(StoredTensor& tensor, const StoredTensor* curvature, const Coding& coding, const CodingJob& job,
                       const std::string& place) {
  try {
    return tensor.dtype() == "F64" ? code_numbers<double>(tensor, curvature, coding, job)
                                   : code_numbers<float>(tensor, curvature, coding, job);
  } catch (const ParameterError& error) {
    throw InputError(at_place(error.problems(), place + ", --quantizer"));
  }
}

}  // namespace steq
