// SPDX-License-Identifier: MIT
#include "experiments/commands/control_options.hpp"

#include <fmt/format.h>

#include "sim/core/errors.hpp"

namespace steq {
namespace {

NamedControl read_control(PairKind kind, const std::string& text) {
  const std::size_t comma = text.find(',');
  const std::string a = text.substr(0, comma), b = comma == text.npos ? "" : text.substr(comma + 1);
  if (a.empty() || b.empty() || a == b)
    throw InputError("--" + to_text(kind),
                     fmt::format("\"{}\" is not allowed; allowed: two learners as NAME,NAME, the second a control of "
                                 "the first",
                                 text));
  return {kind, a, b};
}

}  // namespace

void add_control_options(CLI::App& command, NamedControls& controls) {
  for (const PairKind kind : pair_kinds())
    if (is_control(kind))
      command
          .add_option_function<std::vector<std::string>>(
              "--" + to_text(kind),
              [kind, &controls](const std::vector<std::string>& texts) {
                for (const std::string& text : texts) controls.push_back(read_control(kind, text));
              },
              fmt::format("Two learners of a run of which the second is the {} control of the first", to_text(kind)))
          ->type_name("NAME,NAME")
          ->allow_extra_args(false);
}

}  // namespace steq
