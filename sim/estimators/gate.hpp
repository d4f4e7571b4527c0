// SPDX-License-Identifier: MIT
// Which gradients reach the latent weight: a gate is open where the weight lies in a band of the grid. Every estimator
// has one, whatever its shape.
#pragma once

#include <span>

#include "sim/core/parameters.hpp"
#include "sim/quantizers/grid.hpp"

namespace steq {

class Gate {
 public:
  enum class Kind {
    none,      ///< always open
    range,     ///< low <= w <= high, the outermost levels
    half_bin,  ///< low - delta / 2 < w < high + delta / 2
    rounded,   ///< the level of w is neither the lowest nor the highest
  };

  explicit Gate(Kind kind = Kind::none) : kind_(kind) {}

  Kind kind() const { return kind_; }
  /// What a config calls that kind.
  const std::string& word() const;
  /// The |w| beyond which it is closed whatever its kind, in units of W; infinite where there is none.
  double cut() const { return cut_; }
  /// The same, and closed where |w| exceeds `cut` times W.
  Gate cut_off(double cut) const {
    Gate gate(kind_);
    gate.cut_ = cut;
    return gate;
  }

  /// gradient[i] = 0 where the gate is closed; spans of equal size. `highest` is the index of the highest level.
  template <class T, class G>
  void close(std::span<const T> w, std::span<const Level> level, const GridFrame& frame, Level highest,
             std::span<G> gradient) const;

  /// The same of one weight, its level as the grid's thresholds have it.
  bool passes(double w, const Grid& grid) const;

  /// The |w| up to which the gate is open on a symmetric grid; infinite where it never closes.
  double reach(const Grid& grid) const;

 private:
  Kind kind_;
  double cut_ = kInfinity;
};

/// The option `gate`, and the former `clip`, that every estimator has.
ParameterInfo gate_parameter(const std::string& fallback = "auto");

/// What was given; `auto` is `range` on grids that clip, else `none`. ParameterError where the grid does not allow it.
Gate gate_of(const Parameters& parameters, const Grid& grid);

/// The word for which `auto` stands on that grid.
std::string automatic_gate(const Grid& grid);

}  // namespace steq
