// SPDX-License-Identifier: MIT
// A parameter of every kind that the tests of parameters accept and resolve.
#pragma once

#include "sim/core/parameter_info.hpp"

namespace steq::test {

inline const ParameterInfo kRate{
    .name = "rate", .fallback = Value(0.5), .meaning = "", .min = 0, .max = 1, .max_excluded = true};
inline const ParameterInfo kCount{.name = "count", .kind = Kind::integer, .fallback = {}, .meaning = "", .min = 1};
inline const ParameterInfo kPadding{.name = "padding",
                                    .kind = Kind::integer,
                                    .fallback = Value("valid"),
                                    .meaning = "",
                                    .min = 0,
                                    .words = {"same", "valid"}};
inline const ParameterInfo kFlag{.name = "flag", .kind = Kind::boolean, .fallback = Value(false), .meaning = ""};
inline const ParameterInfo kText{.name = "text", .kind = Kind::text, .fallback = Value("x"), .meaning = ""};

}  // namespace steq::test
