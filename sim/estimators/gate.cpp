// SPDX-License-Identifier: MIT
#include "sim/estimators/gate.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace steq {
namespace {

const std::array<std::string, 4> kWords{"none", "range", "half-bin", "rounded"};  // [Gate::Kind]

std::optional<Value> from_clip(const Value& clip) {
  const bool* masks = std::get_if<bool>(&clip);
  return masks ? std::optional(Value(*masks ? "range" : "none")) : std::nullopt;
}

template <class G, class Open>
void close_unless(std::span<G> gradient, const Open& open) {
  for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] = open(i) ? gradient[i] : G(0);
}

}  // namespace

const std::string& Gate::word() const { return kWords[static_cast<std::size_t>(kind_)]; }

template <class T, class G>
void Gate::close(std::span<const T> w, std::span<const Level> level, const GridFrame& frame, Level highest,
                 std::span<G> gradient) const {
  if (std::isfinite(cut_)) {
    const T end = static_cast<T>(cut_ * frame.range());
    close_unless(gradient, [&](std::size_t i) { return std::abs(w[i]) <= end; });
  }
  const double margin = kind_ == Kind::half_bin ? frame.delta / 2 : 0;
  const T low = static_cast<T>(frame.low - margin), high = static_cast<T>(frame.high + margin);
  switch (kind_) {
    case Kind::none:
      return;
    case Kind::range:
      return close_unless(gradient, [&](std::size_t i) { return w[i] >= low && w[i] <= high; });
    case Kind::half_bin:
      return close_unless(gradient, [&](std::size_t i) { return w[i] > low && w[i] < high; });
    case Kind::rounded:
      return close_unless(gradient, [&](std::size_t i) { return level[i] > 0 && level[i] < highest; });
  }
}

template void Gate::close(std::span<const float>, std::span<const Level>, const GridFrame&, Level,
                          std::span<float>) const;
template void Gate::close(std::span<const float>, std::span<const Level>, const GridFrame&, Level,
                          std::span<double>) const;
template void Gate::close(std::span<const double>, std::span<const Level>, const GridFrame&, Level,
                          std::span<double>) const;

bool Gate::passes(double w, const Grid& grid) const {
  const Level level = grid.level_at(w);
  double open = 1;
  close<double, double>({&w, 1}, {&level, 1}, grid.frame(), grid.highest(), {&open, 1});
  return open != 0;
}

double Gate::reach(const Grid& grid) const {
  const double cut = cut_ * grid.range;
  switch (kind_) {
    case Kind::none:
      return cut;
    case Kind::range:
      return std::min(cut, grid.range);
    case Kind::half_bin:
      return std::min(cut, grid.range + grid.delta / 2);
    case Kind::rounded:
      return std::min(cut, grid.thresholds.back());
  }
  return cut;
}

ParameterInfo gate_parameter(const std::string& fallback) {
  return {.name = "gate",
          .kind = Kind::text,
          .fallback = Value(fallback),
          .meaning =
              "where the gradient passes: range: from the lowest to the highest level; half-bin: half a bin "
              "farther; rounded: where the level is no outermost one; none: everywhere; auto: range where the "
              "quantizer clips, else none",
          .words = {"auto", "range", "half-bin", "rounded", "none"},
          .former = {{.name = "clip", .allowed = "true or false", .now = from_clip}}};
}

std::string automatic_gate(const Grid& grid) { return grid.clips ? "range" : "none"; }

Gate gate_of(const Parameters& parameters, const Grid& grid) {
  const std::string& given = parameters.text("gate");
  const std::string& word = given == "auto" ? automatic_gate(grid) : given;
  const Gate gate(static_cast<Gate::Kind>(std::ranges::find(kWords, word) - kWords.begin()));
  if (gate.kind() == Gate::Kind::half_bin && grid.delta == 0)
    throw ParameterError("gate",
                         "\"half-bin\" is not allowed: the bins of this quantizer differ in width; allowed: "
                         "range, rounded or none");
  if (gate.kind() == Gate::Kind::rounded && grid.levels.size() == 2)
    throw ParameterError("gate",
                         "\"rounded\" is not allowed on two levels, where it passes nothing; allowed: range, "
                         "half-bin or none");
  return gate;
}

}  // namespace steq
