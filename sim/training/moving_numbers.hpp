// SPDX-License-Identifier: MIT
// The values of grid parameters, one set for each group of weights, with what moves them apart from the weights: the
// optimizer's step of the learned ones, and the schedule.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/core/archive.hpp"
#include "sim/optimizers/optimizer.hpp"
#include "sim/quantizers/quantizer.hpp"

namespace steq {

/// Values by the name of their parameter: [groups, numbers of that name].
using NamedNumbers = std::map<std::string, std::vector<double>>;

/// Values are held in double.
class MovingNumbers {
 public:
  /// Quantizer and optimizer must outlive this.
  MovingNumbers(const Quantizer& quantizer, const Optimizer& optimizer, std::size_t groups, Step updates_per_epoch);

  bool empty() const { return infos_.empty(); }
  std::size_t groups() const { return groups_; }
  const std::vector<GridParameter>& infos() const { return infos_; }
  /// Numbers of a group: of all parameters, one after the other.
  std::size_t width() const { return infos_of_.size(); }
  /// Of them, those that learn.
  std::size_t learned() const { return learned_.size(); }
  std::span<const double> of_group(std::size_t group) const {
    return std::span(values_).subspan(group * width(), width());
  }
  std::span<double> of_group(std::size_t group) { return std::span(values_).subspan(group * width(), width()); }
  /// [groups, width]
  std::span<const double> all() const { return values_; }
  /// Those of a group as the update before `next` saw them, but for the learned and fitted ones.
  std::vector<double> before(std::size_t group, Step next) const;

  /// By their names.
  NamedNumbers named() const;
  /// Sets those that nothing computes while training goes on: learned, or of the first weights. Others are passed over.
  void take(const NamedNumbers& given);

  /// Whether all that learn are among the given ones.
  bool begin_with(const NamedNumbers& given) const;

  /// The optimizer's step: gradient(group, learned number), neither clipped nor decayed. `context` has the learner's rate.
  template <class Gradient>
  void learn(const Gradient& gradient, const UpdateContext& context) {
    std::vector<double> gradients(groups_);
    for (std::size_t l = 0; l < learned_.size(); ++l) {
      for (std::size_t group = 0; group < groups_; ++group) gradients[group] = gradient(group, l);
      learn(l, gradients, context);
    }
    sort_rising();
  }
  /// Sets the scheduled ones for update c = 0, 1, ...
  void schedule(Step update);

  /// "grid parameter alpha became nan", of the first that is NaN or infinite.
  std::optional<std::string> broken() const;

  void archive(Archive& a) { a(values_, states_); }

 private:
  void sort_rising();
  void learn(std::size_t learned, std::span<const double> gradient, const UpdateContext& context);
  /// visit(parameter, its numbers in a group, the group) for all of both, a parameter at a time.
  template <class Self, class Visit>
  static void for_each(Self& self, const Visit& visit) {
    for (std::size_t i = 0, first = 0; i < self.infos_.size(); first += self.infos_[i++].count)
      for (std::size_t group = 0; group < self.groups_; ++group)
        visit(self.infos_[i], self.of_group(group).subspan(first, self.infos_[i].count), group);
  }

  const Quantizer* quantizer_;
  const Optimizer* optimizer_;
  std::vector<GridParameter> infos_;
  std::vector<std::size_t> infos_of_;  // [width]: the parameter of each number
  std::vector<std::size_t> learned_;   // numbers of a group
  std::size_t groups_;
  Step updates_per_epoch_;
  std::vector<double> values_;                            // [groups, width]
  std::vector<std::vector<std::vector<double>>> states_;  // [learned][states of the optimizer][groups]
};

}  // namespace steq
