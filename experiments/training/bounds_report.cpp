// SPDX-License-Identifier: MIT
#include "experiments/training/bounds_report.hpp"

#include <fmt/format.h>

#include <cmath>

namespace steq {
namespace {

Json or_null(double value) { return std::isnan(value) ? Json(nullptr) : to_json(value); }

Json inequality_json(const InequalityResult& inequality) {
  const Tally& tally = inequality.tally;
  const bool checked = tally.checked > 0;
  const Json where{{"step", tally.step}, {"tensor", inequality.tensor}, {"weight", tally.weight}};
  return {{"checked", tally.checked},
          {"violations", tally.violations},
          {"not_applicable", tally.not_applicable},
          {"largest_excess", checked ? to_json(tally.largest_excess) : Json(nullptr)},
          {"where", checked ? where : Json(nullptr)},
          {"tightness", or_null(tally.tightness())}};
}

Json tensor_json(const TensorRecords& tensor) {
  const BoundState& last = tensor.records.back().state;
  return {{"error_per_bin", to_json(last.error)},
          {"bound_per_bin", to_json(last.bound)},
          {"gradient_share", or_null(last.gradient_share)},
          {"largest_rounding", to_json(tensor.largest_rounding)}};
}

std::string cell(double value) { return std::isnan(value) ? "," : fmt::format(",{:.6g}", value); }

std::string tensor_rows(const std::string& pair, const TensorRecords& tensor) {
  std::string text;
  for (const BoundRecord& record : tensor.records) {
    text += fmt::format("{},{},{}", pair, record.step, tensor.tensor);
    text += cell(record.state.error) + cell(record.state.bound) + cell(record.state.gradient_share);
    for (const double tightness : record.tightness) text += cell(tightness);
    text += "\n";
  }
  return text;
}

}  // namespace

Json bounds_json(const BoundsResult& result) {
  Json inequalities = Json::object(), tensors = Json::object();
  for (const InequalityResult& inequality : result.inequalities)
    inequalities[inequality.name] = inequality_json(inequality);
  for (const TensorRecords& tensor : result.tensors) tensors[tensor.tensor] = tensor_json(tensor);
  return {{"checked", result.checked()},
          {"violations", result.violations()},
          {"inequalities", inequalities},
          {"tensors", tensors}};
}

std::string bounds_table(const std::vector<PairBoundsResult>& pairs) {
  std::string text = "pair,step,tensor,error_per_bin,bound_per_bin,gradient_share";
  for (const InequalityResult& inequality : pairs.front().bounds.inequalities)
    text += fmt::format(",tightness_{}", inequality.name);
  text += "\n";
  for (const auto& [pair, bounds] : pairs)
    for (const TensorRecords& tensor : bounds.tensors) text += tensor_rows(pair, tensor);
  return text;
}

}  // namespace steq
