// SPDX-License-Identifier: MIT
// logs.h5: change points, latent weights and batch losses of every learner, compressed. The same logs give the same
// bytes.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "records/hdf5_handle.hpp"
#include "records/log_name.hpp"
#include "sim/processes/change_points.hpp"
#include "sim/quantizers/quantizer.hpp"

namespace steq {

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

  /// Adds the thresholds of a grid that moves, as they were with that row of latent weights, to
  /// /LEARNER/TENSOR/latent_thresholds [records, n].
  void append_latent_thresholds(const std::string& learner, const std::string& tensor,
                                std::span<const double> thresholds);

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

}  // namespace steq
