// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

namespace steq {

/// Mean code length of Huffman's code for symbols that occur so often, in bits a symbol; 0 where at most one occurs.
/// Huffman, Proc. IRE 40 (1952) 1098.
double huffman_bits(const std::vector<std::size_t>& counts);

}  // namespace steq
