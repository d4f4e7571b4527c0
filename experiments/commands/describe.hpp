// SPDX-License-Identifier: MIT
// `steq describe`: every list of plug-ins, written from the declarations that parsing uses too.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "records/json_values.hpp"

namespace steq {

/// One kind of thing that can be described, with its entries: objects with at least "name" and "summary".
struct DescribeKind {
  std::string name;  ///< in the plural, as users type it
  std::function<std::vector<Json>()> entries;
  /// The name of an entry as it is listed, for one that may be written in several ways.
  std::function<std::string(const std::string&)> listed_name = [](const std::string& given) { return given; };
};

/// Every kind, one line each.
const std::vector<DescribeKind>& describe_kinds();

struct DescribeOptions {
  std::optional<std::string> kind{};  ///< nothing: all kinds
  std::optional<std::string> name{};  ///< nothing: all of the kind; of estimators a SPEC, too
  bool json = false;
  bool markdown = false;             ///< a page in Markdown; of estimators and metrics only
  std::optional<std::string> out{};  ///< directory for pages and figures
  /// SPEC of the one on whose grid an estimator is shown; nothing: what its page has.
  std::optional<std::string> quantizer{};
};

/// What goes to standard output: a list of all names, a list of one kind, or the page of one entry; as JSON an object
/// of kinds, an array of entries, or one entry. With `out` the pages go there, and the names of the files to standard
/// output. Throws InputError where kind or name is unknown, or options do not go together.
std::string describe(const DescribeOptions& options);

}  // namespace steq
