// SPDX-License-Identifier: MIT
// What summary.json says of the bits that a learner's quantized weights take.
#pragma once

#include "records/json_values.hpp"
#include "sim/training/learner.hpp"

namespace steq {

/// {"weights", "bits", "huffman_bits", "stored_numbers", "compression", "huffman_compression", "tensors": {TENSOR: {..., "levels"}}}.
/// Bits are means over weights: of a level's index, and of its Huffman code, one code for all tensors with as many levels.
/// Stored numbers are those of the grids; a compression is 32 n / (n bits + 32 stored numbers). Null where no tensor has
/// levels.
template <class T>
Json size_facts(const Learner<T>& learner);

}  // namespace steq
