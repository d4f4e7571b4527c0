// SPDX-License-Identifier: MIT
// Quantizers and estimators from their SPEC, for tests.
#pragma once

#include <memory>
#include <string>

#include "sim/estimators/estimator.hpp"
#include "sim/quantizers/quantizer.hpp"

namespace steq::test {

inline std::unique_ptr<Quantizer> quantizer(const std::string& spec, std::size_t fan_in = 6) {
  return quantizer_registry().make(parse_spec(spec, "quantizer"), "quantizer", TensorShape{fan_in});
}

inline std::unique_ptr<Estimator> estimator(const std::string& spec, const Grid& grid) {
  return estimator_registry().make(parse_spec(spec, "estimator"), "estimator", grid);
}

inline std::unique_ptr<Estimator> estimator(const std::string& spec, const std::string& grid) {
  return estimator(spec, quantizer(grid)->grid());
}

/// A quantizer on which the estimator can be made: the one that it needs, else `usual`.
inline std::string grid_for(const PluginInfo& estimator, const std::string& usual) {
  return estimator.needs.empty() ? usual : estimator.needs;
}

/// The i-th of a sequence that fills (low, high) evenly and meets no grid point (golden ratio).
inline double scattered(int i, double low, double high) {
  const double x = 0.61803398874989485 * (i + 1);
  return low + (high - low) * (x - static_cast<double>(static_cast<long>(x)));
}

/// Values worth trying of one declared parameter.
inline std::vector<Value> values_of(const ParameterInfo& info) {
  if (info.kind == Kind::boolean) return {Value(true), Value(false)};
  if (info.kind != Kind::number || !info.fallback) return {};
  const double usual = std::get<double>(*info.fallback);
  std::vector<Value> values;
  for (const double x : {-usual, 0.1 * usual, 0.5 * usual, 1.2 * usual, 4 * usual, 0.01, 1.0})
    if (accept(info, Value(x))) values.push_back(Value(x));
  return values;
}

/// The SPEC of the entry's example with one value replaced.
inline Spec with(const PluginInfo& info, const std::string& name, const Value& value) {
  Spec spec = example_of(info);
  spec.values.insert_or_assign(name, value);
  return spec;
}

/// False where parameters that are allowed one by one do not go together.
inline bool consistent(const Spec& spec) {
  try {
    estimator(to_text(spec), "sign:range=1");
    return true;
  } catch (const InputError&) {
    return false;
  }
}

/// Every registered estimator that goes with these grids, with several parameter values each, drawn from the declarations.
inline const std::vector<std::string>& estimator_specs() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> specs;
    for (const auto& entry : estimator_registry().entries()) {
      if (!entry.info.needs.empty()) continue;
      specs.push_back(to_text(example_of(entry.info)));
      for (const ParameterInfo& info : entry.info.parameters)
        for (const Value& value : values_of(info))
          if (const Spec spec = with(entry.info, info.name, value); value != info.fallback && consistent(spec))
            specs.push_back(to_text(spec));
    }
    for (const char* more : {"power:o=0.7",
                             "sigmoid-sum:finite=true,T=3",
                             "reste:o=0.5",
                             "reste:o=0.7,t=1",
                             "piecewise-linear:knots=0.1:2;0.3:1",
                             "piecewise-linear:knots=0.05:0.5;0.2:1.5;0.4:0.7",
                             "formula:q=1",
                             "formula:q=max(0.2,1-u*u)",
                             "formula:q=0.5+sqrt(abs(u)),from=level",
                             "formula:q=abs(u)<0.2?2:0.5",
                             "formula:q=1+0.5*sin(2*pi*u)",
                             "formula:q=exp(u)+0.3*abs(u-0.2),gate=none",
                             "formula:q=1+u,from=level",
                             "formula:q=1.5-abs(w)/W",
                             "formula:q=1+0.5*cos(2*pi*u)*abs(w)/W",
                             "formula:q=max(0.2,1-w*w),from=level",
                             "formula:q=1+delta*u*u/W",
                             "formula:q=1+0.2*g*(u-(u<0?-0.5:0.5))",
                             "formula:q=1+0.3*g*sin(w/W),gate=none",
                             "dsq:a=0.4",
                             "dsq:a=0.01",
                             "ewgs:unit=range"})
      specs.push_back(more);
    return specs;
  }();
  return all;
}

/// False where the soft staircase need not go through the levels: a formula may have any mean.
inline bool has_mean_one(const std::string& spec) { return parse_spec(spec, "").name != "formula"; }

inline const std::vector<std::string>& grid_specs() {
  static const std::vector<std::string> specs{
      "uniform:bits=1,range=1", "uniform:bits=2,range=1", "uniform:bits=2,range=0.144",
      "uniform:bits=3,range=2", "uniform:bits=4,range=1", "uniform:bits=8,range=1",
      "sign:range=0.7"};
  return specs;
}

}  // namespace steq::test
