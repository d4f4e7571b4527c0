// SPDX-License-Identifier: MIT
// A coding quantizes weights that are finished: a quantizer of training is one, and some codes have no other use.
#pragma once

#include <memory>

#include "sim/codings/coded_weights.hpp"
#include "sim/core/plugin.hpp"

namespace steq {

/// What the work on one tensor may depend on besides its weights; the number of threads changes no result.
struct CodingJob {
  std::uint64_t seed = 1;
  std::uint32_t tensor = 0;  ///< its index, so that no two draw the same
  int threads = 1;
};

/// Immutable.
class Coding {
 public:
  virtual ~Coding() = default;
  /// Whether it looks at curvature.
  virtual bool weighs() const = 0;
  /// Whether it matters which weights belong to one output.
  virtual bool by_rows() const = 0;
  /// ParameterError where the tensor does not suit it.
  virtual CodedWeights<float> code(const FinishedWeights<float>& weights, const CodingJob& job) const = 0;
  virtual CodedWeights<double> code(const FinishedWeights<double>& weights, const CodingJob& job) const = 0;
};

/// The coding that follows a rule: a struct with kWeighs, kByRows, and apply() as a template over the precision.
template <class Rule>
class CodingOf final : public Coding {
 public:
  explicit CodingOf(Rule rule) : rule_(std::move(rule)) {}
  bool weighs() const override { return Rule::kWeighs; }
  bool by_rows() const override { return Rule::kByRows; }
  CodedWeights<float> code(const FinishedWeights<float>& weights, const CodingJob& job) const override {
    return rule_.apply(weights, job);
  }
  CodedWeights<double> code(const FinishedWeights<double>& weights, const CodingJob& job) const override {
    return rule_.apply(weights, job);
  }

 private:
  Rule rule_;
};

/// Those that are no quantizers.
using CodingRegistry = Registry<std::unique_ptr<Coding>(const Parameters&)>;
const CodingRegistry& coding_registry();

/// The entry of a coding; `make` turns parameters into its rule.
template <class Make>
CodingRegistry::Entry coding_entry(PluginInfo info, Make make) {
  using Rule = std::invoke_result_t<Make, const Parameters&>;
  return {std::move(info),
          [make](const Parameters& p) -> std::unique_ptr<Coding> { return std::make_unique<CodingOf<Rule>>(make(p)); }};
}

/// The names of all that finished weights can be coded with: quantizers with levels, then codings.
std::vector<std::string> coding_names();
/// Those that look at curvature.
std::vector<std::string> weighing_names();

/// Of any SPEC: a coding, or a quantizer with levels. Throws InputError naming `place`.
std::unique_ptr<Coding> make_coding(const Spec& spec, const std::string& place);

}  // namespace steq
