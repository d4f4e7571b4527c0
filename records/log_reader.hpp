// SPDX-License-Identifier: MIT
// logs.h5 read back, whoever wrote it (docs/logs.md).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "records/log_access.hpp"
#include "records/log_name.hpp"
#include "records/watching.hpp"
#include "sim/processes/change_points.hpp"
#include "sim/quantizers/quantizer.hpp"

namespace steq {

/// Throws InputError where the file is no log file, is damaged, or does not hold what is asked for; IoError where it
/// cannot be read now. What is optional and cannot be used, because it has another type, shape or range, counts as not
/// recorded, and remarks() says so.
class LogReader : public LogAccess {
 public:
  explicit LogReader(const std::string& path);

  /// Groups that hold a tensor; alphabetical. Throws InputError where change points stand elsewhere than in
  /// /LEARNER/TENSOR. Other groups are ignored.
  std::vector<std::string> learners() const;
  /// Those with initial levels or change points; alphabetical.
  std::vector<std::string> tensors(const std::string& learner) const;

  /// All of them, those of weights outside of a sample too.
  ChangePointLog change_points(const std::string& learner, const std::string& tensor) const;
  /// How many weights the tensor has.
  std::size_t weights(const std::string& learner, const std::string& tensor) const;
  /// How many change points of the weights that are followed the movement of a grid made; nothing where no log says.
  std::optional<std::size_t> changes_of_grid(const std::string& learner, const Watching& watching) const;
  /// What the learner's log follows. Throws InputError where it says that in a way that cannot be understood: what a
  /// metric is measured on would be a guess.
  Watching watching(const std::string& learner) const;
  /// The step of the learner's last change point; 0 without any.
  Step last_change(const std::string& learner) const;
  /// Nothing where no levels were written. Thresholds that were not are midpoints, a missing range is the largest
  /// level.
  std::optional<Grid> grid(const std::string& learner, const std::string& tensor) const;
  /// The range alone, which may be written without levels.
  std::optional<double> range(const std::string& learner, const std::string& tensor) const;
  std::optional<double> path_length(const std::string& learner, const std::string& tensor) const;
  /// Updates that were made, as /LEARNER/steps says.
  std::optional<Step> steps(const std::string& learner) const;
  /// Empty where they were not written.
  std::vector<double> logits(const std::string& learner) const;
  std::vector<std::uint32_t> labels() const;
  /// A number of a grid that moves, as "scale", a row for each of grid_steps(): [rows * numbers]; empty where it was not
  /// recorded.
  std::vector<double> grid_parameter(const std::string& learner, const std::string& tensor,
                                     const std::string& name) const;
  /// After which updates grid parameters were noted, ascending: /LEARNER/grid_steps, else latent_steps().
  std::vector<Step> grid_steps(const std::string& learner) const;
  std::vector<double> batch_loss(const std::string& learner) const;
  std::vector<Step> latent_steps(const std::string& learner) const;
  /// [records, weights], a row for each of latent_steps(); empty where it was not written.
  std::vector<double> latent(const std::string& learner, const std::string& tensor) const;
  /// The thresholds at each of latent_steps(), [records, thresholds]; of a grid that stands still each time the same.
  /// Empty where they are not known.
  std::vector<double> latent_thresholds(const std::string& learner, const std::string& tensor) const;
  /// One row of latent(), [weights].
  std::vector<double> latent_record(const std::string& learner, const std::string& tensor, std::size_t record) const;

 private:
  std::vector<double> rows_of_latent_steps(const std::string& learner, const std::string& name) const;
  Grid read_grid(const std::string& group) const;
  Grid read_first_of_grids(const std::string& group) const;
  std::optional<std::size_t> changes_of_grid_in(const std::string& group, const std::vector<WeightIndex>* sample) const;
  std::vector<WeightIndex> sample(const std::string& group) const;
  Step every(const std::string& learner) const;
  std::vector<Window> windows(const std::string& learner) const;

  std::map<std::string, std::vector<std::string>> tensors_;  ///< of each learner
};

}  // namespace steq
