// SPDX-License-Identifier: MIT
// Declared parameters: what a plug-in (or a section of a config) accepts, and the values it was given.
// Parsing, range checks, error messages and documentation all follow from the declaration.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/core/aliases.hpp"
#include "sim/core/errors.hpp"

namespace steq {

/// In JSON [0.5, 0.75], in a SPEC 0.5/0.75; one number stands for a list of one.
using Numbers = std::vector<double>;
using Value = std::variant<bool, std::int64_t, double, std::string, Numbers>;
using Values = std::map<std::string, Value>;

/// A formula is a text that may look like a number, and may be given as one; a path is a text that names a file or a
/// directory.
enum class Kind { boolean, integer, number, text, formula, path, numbers };

/// "boolean", "integer", ...
std::string to_text(Kind kind);

struct ParameterInfo {
  std::string name;
  Kind kind = Kind::number;
  std::optional<Value> fallback = {};  ///< the default; without one the parameter is required
  std::string meaning = {};            ///< one phrase, with the unit where there is one
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  bool min_excluded = false;
  bool max_excluded = false;
  std::vector<std::string> words = {};  ///< texts allowed besides a number ("fan-in"), or the choices of a text
  std::optional<Value> example = {};    ///< what pages and tests show where there is no default
  std::vector<Alias> aliases = {};
  /// The parameter that this one may stand in place of: it is optional, and the other one is absent where it is given.
  std::string instead_of = {};
  /// Why a value of the right kind is refused all the same, and what is allowed; empty where it is not.
  std::function<std::string(const Value&)> refusal = {};
};

std::string to_text(const Value& value);

/// What is allowed, for messages and documentation: "a number in (0, 100]", "an integer >= 1 or \"same\"".
std::string allowed(const ParameterInfo& info);

/// The value in the parameter's own kind (an integer is accepted where a number is), or nothing if not allowed.
std::optional<Value> accept(const ParameterInfo& info, const Value& given);

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
/// called the factory puts its own place before that.
class ParameterError : public InputError {
  using InputError::InputError;
};

/// The problems of the parameters of what stands at `place`.
std::vector<Problem> at_place(std::vector<Problem> problems, const std::string& place);

/// "a, b, c"
std::string join(const std::vector<std::string>& words);

}  // namespace steq
