// SPDX-License-Identifier: MIT
// A staircase of straight pieces: q is constant on each, with mean 1.
#include "sim/estimators/linear_pieces.hpp"
#include "sim/estimators/periodic.hpp"

namespace steq::estimators {
namespace {

/// The integral of 1/q from 0 to `u`, at least two pieces that end at x1, x2, ... and have the slopes s1, s2, ...
std::string run_text(const std::string& u, std::size_t pieces) {
  std::string text = fmt::format("min({},x1)/s1", u);
  for (std::size_t i = 2; i < pieces; ++i) text += fmt::format("+max(min({},x{})-x{},0)/s{}", u, i, i - 1, i);
  return text + fmt::format("+max({}-x{},0)/s{}", u, pieces - 1, pieces);
}

struct PiecewiseLinear {
  LinearPieces pieces;  ///< of the staircase, from the threshold to 1/2

  bool flat() const { return pieces.least_slope() == pieces.greatest_slope(); }

  template <class T>
  void evaluate(ShapeArray<T>& u) const {
    u = u.abs();
    ShapeArray<T> q = ShapeArray<T>::Constant(u.size(), static_cast<T>(pieces.all().back().slope));
    for (auto piece = pieces.all().rbegin() + 1; piece != pieces.all().rend(); ++piece)
      q = (u < static_cast<T>(piece->end)).select(static_cast<T>(piece->slope), q).eval();
    u = q;
  }
  double rise(double u) const { return pieces.rise(u); }
  EstimatorBounds bounds() const {
    return {.lower = pieces.least_slope(), .upper = pieces.greatest_slope(), .lipschitz = flat() ? 0 : kInfinity};
  }
  EstimatorTraits traits() const { return {.smooth = flat()}; }
  std::optional<double> reciprocal_integral(double u) const { return pieces.run(u); }
  std::optional<double> reciprocal_integral_inverse(double f) const { return pieces.where_run_is(f); }
  std::vector<double> kinks() const {
    std::vector<double> ends;
    for (const LinearPieces::Piece& piece : pieces.all()) ends.push_back(piece.end);
    ends.pop_back();
    return ends;
  }
  ExpressionText expression() const {
    std::string text = fmt::format("s{}", pieces.all().size());
    for (std::size_t i = pieces.all().size() - 1; i > 0; --i) text = fmt::format("abs(u)<x{0}?s{0}:{1}", i, text);
    return {text, symbols()};
  }
  ClosedForm closed_form() const {
    const auto run = [&](const std::string& u) { return run_text(u, pieces.all().size()); };
    return {"0.5/(" + run("0.5") + ")", "0.5*(" + run("u") + ")/(" + run("0.5") + ")", symbols()};
  }

 private:
  /// The slopes s1, s2, ... and ends x1, x2, ... of the pieces; the last one ends at 1/2.
  Symbols symbols() const {
    Symbols symbols;
    for (std::size_t i = 1; i <= pieces.all().size(); ++i) {
      symbols.emplace_back(fmt::format("s{}", i), pieces.all()[i - 1].slope);
      if (i < pieces.all().size()) symbols.emplace_back(fmt::format("x{}", i), pieces.all()[i - 1].end);
    }
    return symbols;
  }
};

LinearPieces two_levels(double a, double share) {
  if (!(share * a < 1))
    throw ParameterError("a", fmt::format("{} is not allowed with share = {}: q at the levels would not be positive; "
                                          "allowed: a number below 1 / share = {:.6g}",
                                          a, share, 1 / share));
  return LinearPieces({{share / 2, a}});
}

}  // namespace

EstimatorRegistry::Entry piecewise_linear() {
  return periodic_entry(
      {.name = "piecewise-linear",
       .summary = "A staircase of straight pieces: q = a near the thresholds, b near the levels, or by knots.",
       .formula =
           "q(u) = a where 2 |u| < share, else b = (1 - share a) / (1 - share); by knots END:SLOPE;...: the SLOPE "
           "of the first END above |u|, beyond the last what makes the mean 1",
       .citation =
           "a staircase in the setting of Schoenbauer et al., arXiv:2405.05171; its jumps keep it out of their class",
       .parameters = {{.name = "a",
                       .fallback = Value(1.6),
                       .meaning = "q near the thresholds, dimensionless, below 1 / share; 1 is the STE",
                       .min = 0,
                       .min_excluded = true},
                      {.name = "share",
                       .fallback = Value(0.5),
                       .meaning = "share of each bin, around its threshold, where q = a",
                       .min = 0,
                       .max = 1,
                       .min_excluded = true,
                       .max_excluded = true},
                      {.name = "knots",
                       .kind = Kind::text,
                       .fallback = Value(""),
                       .meaning = "pieces END:SLOPE;END:SLOPE in place of a and share, as 0.1:2;0.3:1; END is the |u| "
                                  "up to which q = SLOPE",
                       .refusal =
                           [](const Value& text) { return LinearPieces::refusal(std::get<std::string>(text)); }}}},
      [](const Parameters& p, const Grid&) {
        const std::string& knots = p.text("knots");
        return PiecewiseLinear{knots.empty() ? two_levels(p.number("a"), p.number("share"))
                                             : LinearPieces::parse(knots)};
      });
}

}  // namespace steq::estimators
