// SPDX-License-Identifier: MIT
// The values that a plug-in (or a section of a config) was given, held against what it declares.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/errors.hpp"
#include "sim/core/parameter_info.hpp"

namespace steq {

/// Complete, checked values of a declared list of parameters.
class Parameters {
 public:
  Parameters() = default;
  explicit Parameters(Values values) : values_(std::move(values)) {}

  /// False where another parameter stands in place of this one, or this one was not given in place of another.
  bool has(const std::string& name) const { return values_.contains(name); }
  bool boolean(const std::string& name) const;
  std::int64_t integer(const std::string& name) const;
  double number(const std::string& name) const;
  const Numbers& numbers(const std::string& name) const;
  /// Of a text, a formula or a path.
  const std::string& text(const std::string& name) const;
  /// True where a word ("fan-in", "same") stands in place of the number.
  bool is_word(const std::string& name) const;
  const Values& values() const { return values_; }

 private:
  const Value& at(const std::string& name) const;
  Values values_;
};

/// Checks `given` against the declaration and fills in defaults. Unknown names, missing ones and values that are
/// not allowed are appended to `problems`, each with `place` before it.
Parameters resolve(const std::vector<ParameterInfo>& declared, const Values& given, const std::string& place,
                   std::vector<Problem>& problems);

/// The same, throwing InputError where there is a problem.
Parameters resolve(const std::vector<ParameterInfo>& declared, const Values& given, const std::string& place);

/// What a factory throws where values are allowed one by one but not together; `place` is the parameter's name. Whoever
/// called the factory puts its own place before that. An empty name stands for the whole of what was to be made: the text
/// then says what it is not or does not do, and what was to be made is put before that.
class ParameterError : public InputError {
  using InputError::InputError;
};

/// The problems of the parameters of what stands at `place`.
std::vector<Problem> at_place(std::vector<Problem> problems, const std::string& place);

/// With `what` before the text of those that speak of the whole.
std::vector<Problem> with_what(std::vector<Problem> problems, const std::string& what);

/// "a, b, c"
std::string join(const std::vector<std::string>& words);

}  // namespace steq
