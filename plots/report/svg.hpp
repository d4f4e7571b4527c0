// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace steq {

/// An SVG file as an element of an HTML page: without prolog and fixed size, with `alt` as what screen readers say, and
/// `prefix` before each of its ids, which gnuplot gives anew in every file. Empty where `svg` holds no drawing, or a
/// script.
std::string inlined(const std::string& svg, const std::string& prefix, const std::string& alt);

}  // namespace steq
