// SPDX-License-Identifier: MIT
#include "sim/data/foreign_file.hpp"

#include <algorithm>
#include <string_view>

namespace steq {
namespace {

struct Beginning {
  std::string_view bytes;  ///< in lower case where they are letters
  const char* text;
};

using namespace std::string_view_literals;

constexpr const char* kPage = "is an HTML page (a server's answer in place of the file: download it again)";
constexpr const char* kArchive = "is an archive (unpack it)";

constexpr Beginning kBeginnings[] = {
    {"<!do"sv, kPage},
    {"<htm"sv, kPage},
    {"<hea"sv, kPage},
    {"<?xml"sv, "is an XML page (a server's answer in place of the file: download it again)"},
    {"version https://"sv, "is a pointer of git-lfs (run git lfs pull)"},
    {"pk\x03\x04"sv, kArchive},
    {"7z\xbc\xaf"sv, kArchive},
    {"rar!"sv, kArchive},
    {"\xfd"
     "7zxz"sv,
     kArchive},
    {"bzh"sv, kArchive},
    {"\x28\xb5\x2f\xfd"sv, kArchive},
    {"\x1f\x8b"sv, "is a gzip stream within another (unpack it once)"},
    {"\x93numpy"sv, "is an array of NumPy"},
    {"\x89hdf"sv, "is an HDF5 file"},
    {"\x89png"sv, "is a PNG picture"},
    {"\xff\xd8\xff"sv, "is a JPEG picture"},
    {"\x80\x02"sv, "is a Python pickle"},
    {"\x80\x03"sv, "is a Python pickle"},
    {"\x80\x04"sv, "is a Python pickle"},
    {"\x80\x05"sv, "is a Python pickle"},
};

char lower(std::uint8_t byte) { return static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte); }

}  // namespace

std::string recognized(std::span<const std::uint8_t> beginning) {
  std::string text;
  for (const std::uint8_t byte : beginning) text += lower(byte);
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  text.erase(0, std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  for (const Beginning& known : kBeginnings)
    if (text.starts_with(known.bytes)) return known.text;
  return "";
}

}  // namespace steq
