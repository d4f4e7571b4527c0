// SPDX-License-Identifier: MIT
// logs.h5: change points, latent weights and batch losses of every learner, compressed. The same logs give the same
// bytes.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "records/hdf5_handle.hpp"
#include "sim/processes/change_points.hpp"
#include "sim/quantizers/quantizer.hpp"

namespace steq {

/// Of a group or dataset: /A/B.
inline std::string log_name(const std::string& a, const std::string& b) { return "/" + a + "/" + b; }

/// Everything here throws IoError where the file cannot be written.
class LogWriter {
 public:
  /// Makes the file, empty.
  explicit LogWriter(const std::string& path);

  /// /LEARNER/TENSOR/initial_levels [weights] and /LEARNER/TENSOR/change_points/{weight, step, level} [changes].
  void write_change_points(const std::string& learner, const std::string& tensor, const ChangePointLog& log);

  /// /LEARNER/TENSOR/{levels [n + 1], thresholds [n], range [1]}, in weight units.
  void write_grid(const std::string& learner, const std::string& tensor, const Grid& grid);
  /// Of several groups of weights, each with n + 1 levels: {levels [groups, n + 1], thresholds [groups, n], range
  /// [groups]}.
  void write_grids(const std::string& learner, const std::string& tensor, const std::vector<Grid>& grids);

  /// /LEARNER/TENSOR/path_length [1]: sum over steps and weights of |w(t+1) - w(t)|, in weight units.
  void write_path_length(const std::string& learner, const std::string& tensor, double length);

  /// /LEARNER/batch_loss [steps]
  void write_batch_loss(const std::string& learner, std::span<const double> loss);

  /// /LEARNER/test_logits [samples * classes], row-major, after the last update, and /test_labels [samples].
  void write_logits(const std::string& learner, std::span<const double> logits);
  void write_labels(std::span<const std::uint32_t> labels);

  /// Adds a row to /LEARNER/TENSOR/latent [records, weights], whose precision is that of its first row.
  void append_latent(const std::string& learner, const std::string& tensor, std::span<const float> weights);
  void append_latent(const std::string& learner, const std::string& tensor, std::span<const double> weights);

  /// Adds a row to GROUP/grid_parameters/NAME [records], or [records, numbers] of several.
  void append_grid_parameter(const std::string& group, const std::string& name, std::span<const double> numbers);

  /// Adds the step of that record to /LEARNER/latent_steps [records].
  void append_latent_step(const std::string& learner, Step step);

  /// Call it last: only now is everything known to be on the disk.
  void close();

 private:
  template <class T>
  Hdf5Handle create(const std::string& name, const std::vector<hsize_t>& dims);
  template <class T>
  void write(const std::string& name, std::span<const T> values);
  template <class T>
  void append(const std::string& name, const std::vector<hsize_t>& row_dims, std::span<const T> row);

  std::string path_;
  Hdf5Handle file_;
  std::map<std::string, Hdf5Handle> growing_;  ///< kept open, so that a chunk is compressed when it is full
};

/// Throws InputError where the file is no log file, is damaged, or does not hold what is asked for; IoError where it
/// cannot be read now. What is optional and cannot be used, because it has another type, shape or range, counts as not
/// recorded, and remarks() says so.
class LogReader {
 public:
  explicit LogReader(const std::string& path);

  /// Groups that hold a tensor; alphabetical. Throws InputError where change points stand elsewhere than in
  /// /LEARNER/TENSOR. Other groups are ignored.
  std::vector<std::string> learners() const;
  /// Those with initial levels or change points; alphabetical.
  std::vector<std::string> tensors(const std::string& learner) const;

  ChangePointLog change_points(const std::string& learner, const std::string& tensor) const;
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
  std::vector<double> batch_loss(const std::string& learner) const;
  std::vector<Step> latent_steps(const std::string& learner) const;
  /// [records, weights], a row for each of latent_steps(); empty where it was not written.
  std::vector<double> latent(const std::string& learner, const std::string& tensor) const;
  /// One row of it, [weights].
  std::vector<double> latent_record(const std::string& learner, const std::string& tensor, std::size_t record) const;

  bool has(const std::string& name) const;  ///< a group or dataset, as "/ste/batch_loss"

  /// What was left out so far, and why.
  const std::vector<std::string>& remarks() const { return remarks_; }

 private:
  template <class T>
  std::vector<T> read(const std::string& name) const;
  template <class T>
  std::vector<T> read_if_there(const std::string& name) const;
  /// work(), or nothing and a remark where a dataset cannot be used.
  template <class Work>
  auto attempt(const Work& work) const -> decltype(work());
  double read_one(const std::string& name, double above) const;
  std::optional<double> one_if_there(const std::string& name, double above) const;
  Grid read_grid(const std::string& group) const;
  Grid read_first_of_grids(const std::string& group) const;
  [[noreturn]] void refuse_unopened() const;

  std::string path_;
  Hdf5Handle file_;
  std::map<std::string, std::vector<std::string>> tensors_;  ///< of each learner
  mutable std::vector<std::string> remarks_;
};

}  // namespace steq
