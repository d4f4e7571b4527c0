// SPDX-License-Identifier: MIT
#include "theory/enclosure.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>

namespace steq {
namespace {

constexpr double kGap = 1e-9;           ///< of a bound, relative
constexpr int kEnclosures = 4000;       ///< at most, for one bound
constexpr double kRounding = 0x1p-50;   ///< relative: pieces reach this far across the kinks at their ends
constexpr double kNarrowest = 0x1p-44;  ///< of a piece's end; well above kRounding

/// What is to be bounded from above.
using Goal = std::function<Interval(const Jet&)>;

struct Box {
  Interval at;
  double bound;
  bool operator<(const Box& other) const { return bound < other.bound; }
};

/// The pieces of the shape's coordinate between which q may have kinks; together they cover the range.
std::vector<Interval> pieces(const Estimator& estimator) {
  const double end = estimator.traits().periodic ? 0.5 : estimator.grid().range;
  std::vector<double> ends = estimator.kinks();
  std::erase_if(ends, [&](double kink) { return !(kink > 0 && kink < end); });
  std::sort(ends.begin(), ends.end());
  std::vector<Interval> pieces;
  double from = 0;
  for (const double kink : ends) {
    pieces.emplace_back(from, kink * (1 + kRounding));
    from = kink * (1 - kRounding);
  }
  pieces.emplace_back(from, end);
  return pieces;
}

/// The enclosure over `at`, narrowed by the mean value theorem about its midpoint.
std::optional<Jet> enclose(const Estimator& estimator, const Interval& at) {
  std::optional<Jet> whole = estimator.enclose(at);
  const Interval middle(median(at));
  const std::optional<Jet> center = whole ? estimator.enclose(middle) : std::nullopt;
  if (!center) return whole;
  whole->value = intersect(whole->value, center->value + whole->slope * (at - middle));
  whole->slope = intersect(whole->slope, center->slope + whole->curvature * (at - middle));
  return whole;
}

/// Best first: the box with the largest bound is halved until a point comes near that bound.
class Maximizer {
 public:
  Maximizer(const Estimator& estimator, Goal goal) : estimator_(estimator), goal_(std::move(goal)) {}

  std::optional<ProvedBound> maximum(const std::vector<Interval>& boxes) {
    for (const Interval& box : boxes) {
      visit(box.lower());
      visit(box.upper());
      add(box);
    }
    while (!settled()) halve();
    const double bound = queue_.top().bound;
    if (!std::isfinite(bound)) return std::nullopt;
    return ProvedBound{bound, found_, where_};
  }

 private:
  void visit(double at) {
    const auto jet = estimator_.enclose(Interval(at));
    if (!jet || !(goal_(*jet).lower() > found_)) return;
    found_ = goal_(*jet).lower();
    where_ = at;
  }
  void add(const Interval& at) {
    ++enclosures_;
    const auto jet = enclose(estimator_, at);
    const double bound = jet ? goal_(*jet).upper() : kUnbounded;
    queue_.push({at, std::isnan(bound) ? kUnbounded : bound});
  }
  void halve() {
    const Interval at = queue_.top().at;
    const double middle = median(at);
    queue_.pop();
    visit(middle);
    add({at.lower(), middle});
    add({middle, at.upper()});
  }
  bool settled() const {
    const Box& top = queue_.top();
    return top.bound - found_ <= kGap * std::abs(top.bound) || width(top.at) <= kNarrowest * top.at.upper() ||
           enclosures_ >= kEnclosures;
  }

  const Estimator& estimator_;
  Goal goal_;
  std::priority_queue<Box> queue_;
  double found_ = -kUnbounded, where_ = 0;
  int enclosures_ = 0;
};

/// The first kink at which q, enclosed on both sides, comes to different values.
std::optional<Jump> first_jump(const Estimator& estimator, const std::vector<Interval>& pieces) {
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const double kink = pieces[i - 1].upper(), near = kink * 0x1p-40;
    const auto before = estimator.enclose(Interval(kink - 2 * near, kink - near));
    const auto after = estimator.enclose(Interval(kink + near, kink + 2 * near));
    if (!before || !after) continue;
    const double slope = std::max(norm(before->slope), norm(after->slope));
    const Interval gap = after->value - before->value;
    if (!zero_in(gap) && std::min(std::abs(gap.lower()), std::abs(gap.upper())) > 1e3 * slope * near)
      return Jump{weight_at(estimator, kink), median(before->value), median(after->value)};
  }
  return std::nullopt;
}

/// `bound` in weight units, its value times `factor`.
std::optional<ProvedBound> in_weights(const Estimator& estimator, std::optional<ProvedBound> bound, double factor) {
  if (bound) *bound = {factor * bound->proved, factor * bound->found, weight_at(estimator, bound->where)};
  return bound;
}

}  // namespace

double weight_at(const Estimator& estimator, double coordinate) {
  if (!estimator.traits().periodic) return coordinate;
  const Grid& grid = estimator.grid();
  return grid.thresholds[grid.thresholds.size() / 2] + coordinate * grid.delta;
}

ProvedBounds proved_bounds(const Estimator& estimator) {
  const EstimatorBounds declared = estimator.bounds();
  const std::vector<Interval> boxes = pieces(estimator);
  const auto prove = [&](double bound, double factor, const Goal& goal) -> std::optional<ProvedBound> {
    if (!std::isfinite(bound)) return std::nullopt;
    return in_weights(estimator, Maximizer(estimator, goal).maximum(boxes), factor);
  };
  const double per_weight = estimator.traits().periodic ? above(1 / estimator.grid().delta) : 1;
  ProvedBounds bounds;
  bounds.lower = prove(declared.lower, -1, [](const Jet& q) { return -q.value; });
  bounds.upper = prove(declared.upper, 1, [](const Jet& q) { return q.value; });
  bounds.lipschitz = prove(declared.lipschitz, per_weight, [](const Jet& q) { return abs(q.slope); });
  bounds.jump = first_jump(estimator, boxes);
  return bounds;
}

}  // namespace steq
