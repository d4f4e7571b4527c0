// SPDX-License-Identifier: MIT
// What one parameter of a plug-in (or one key of a config) accepts, declared: parsing, range checks, error messages and
// documentation all follow from it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/core/aliases.hpp"
#include "sim/core/types.hpp"

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

/// A name under which documents gave the parameter before; they are still read, and written under the new name.
struct FormerName {
  std::string name;
  std::string allowed;                                    ///< as messages say it
  std::function<std::optional<Value>(const Value&)> now;  ///< the parameter's value; nothing where it is not allowed
};

struct ParameterInfo {
  std::string name;
  Kind kind = Kind::number;
  std::optional<Value> fallback = {};  ///< the default; without one the parameter is required
  std::string meaning = {};            ///< one phrase, with the unit where there is one
  double min = -kInfinity;
  double max = kInfinity;
  bool min_excluded = false;
  bool max_excluded = false;
  std::vector<std::string> words = {};  ///< texts allowed besides a number ("fan-in"), or the choices of a text
  std::optional<Value> example = {};    ///< what pages and tests show where there is no default
  std::vector<Alias> aliases = {};
  std::vector<FormerName> former = {};
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

/// A refusal: of lists that do not rise; words pass.
std::string not_rising(const Value& value);

}  // namespace steq
