// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "records/tensor_reader.hpp"

namespace steq {

/// A weights file of a learner, whose tensors have the names that they have in its log.
class StoredWeights {
 public:
  /// `wanted`: the tensors of the log. Throws as TensorReader does, and InputError where two tensors would have the
  /// same of these names.
  StoredWeights(const std::string& path, const std::vector<std::string>& wanted);

  /// In the order of the data.
  const std::vector<std::string>& names() const { return names_; }
  /// As PyTorch lists it, [out, in, height, width]; empty where there is no such tensor.
  std::vector<std::size_t> shape(const std::string& tensor) const;
  /// Its numbers; nothing where there is no such tensor, or it holds others than F64, F32, F16 and BF16. Throws IoError
  /// where the file cannot be read.
  std::optional<StoredTensor> read(const std::string& tensor);

  /// What was left out or named anew.
  const std::vector<std::string>& remarks() const { return remarks_; }

 private:
  TensorReader file_;
  std::map<std::string, TensorEntry> entries_;  ///< by name in the log
  std::vector<std::string> names_, wanted_, remarks_;
};

}  // namespace steq
