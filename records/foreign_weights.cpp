// SPDX-License-Identifier: MIT
#include "records/foreign_weights.hpp"

#include <algorithm>

namespace steq {
namespace {

using namespace std::string_view_literals;

struct Format {
  std::string_view start;   ///< of the file
  std::string_view inside;  ///< of its first bytes; empty for anything
  std::string_view name;
  std::string_view advice;
};

constexpr std::string_view kFromTorch =
    "safetensors.torch.save_file(torch.load(FILE, weights_only=True), OUT); where weights stand in a dictionary of "
    "their own, of that (as [\"state_dict\"])";
constexpr std::string_view kFromNumpy = "safetensors.numpy.save_file of a dictionary of arrays";

/// The first that fits counts.
constexpr Format kFormats[] = {
    {"PK\3\4"sv, "data.pkl"sv, "a PyTorch checkpoint, which can run programs where it is read", kFromTorch},
    {"PK\3\4"sv, ".npy"sv, "an archive of NumPy arrays", kFromNumpy},
    {"PK\3\4"sv, "", "a zip archive", "the safetensors file itself"},
    {"\x80\2"sv, "", "a PyTorch checkpoint or another pickle, which can run programs where it is read", kFromTorch},
    {"\x80\3"sv, "", "a pickle, which can run programs where it is read", kFromTorch},
    {"\x80\4"sv, "", "a pickle, which can run programs where it is read", kFromTorch},
    {"\x80\5"sv, "", "a pickle, which can run programs where it is read", kFromTorch},
    {"\x93NUMPY"sv, "", "a NumPy array", kFromNumpy},
    {"\x89HDF\r\n"sv, "", "an HDF5 file, as Keras writes it",
     "a safetensors file with weights as [out, in, height, width] and [out, in], as PyTorch has them"},
    {"version https://git-lfs"sv, "", "a pointer of git-lfs and not the file itself", "git lfs pull"},
    {"GGUF"sv, "", "a GGUF file", "the checkpoint that it was made from, as safetensors"},
    {"\x1f\x8b"sv, "", "a gzip file", "the safetensors file that is in it"},
    {"{"sv, "", "a JSON file, as the index of a checkpoint in several parts", "one of the parts"},
};

}  // namespace

std::string foreign_weights(std::string_view start) {
  const auto fits = [&](const Format& format) {
    return start.starts_with(format.start) && start.substr(0, 512).find(format.inside) != start.npos;
  };
  const auto found = std::ranges::find_if(kFormats, fits);
  if (found == std::end(kFormats)) return "";
  return "is " + std::string(found->name) + "; allowed: a safetensors file (" + std::string(found->advice) + ")";
}

}  // namespace steq
