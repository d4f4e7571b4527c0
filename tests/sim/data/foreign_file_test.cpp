// SPDX-License-Identifier: MIT
#include "sim/data/foreign_file.hpp"

#include <catch2/catch.hpp>

using namespace steq;
using Catch::Contains;

namespace {

std::string of(const std::string& text) {
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  return recognized(bytes);
}

}  // namespace

TEST_CASE("what servers, archives and other programs leave is recognized by its first bytes") {
  for (const char* page : {"<!DOCTYPE html>", "\n  <html>", "<HTML><head>", "\xef\xbb\xbf<!doctype HTML"})
    CHECK_THAT(of(page), Contains("HTML page"));
  CHECK_THAT(of("<?xml version=\"1.0\"?><Error>"), Contains("XML"));
  CHECK_THAT(of("version https://git-lfs"), Contains("git lfs pull"));
  CHECK_THAT(of("PK\x03\x04"), Contains("archive"));
  CHECK_THAT(of("\x1f\x8b\x08"), Contains("gzip"));
  CHECK_THAT(of("\x93NUMPY"), Contains("NumPy"));
  CHECK_THAT(of("\x80\x04\x95"), Contains("pickle"));
}

TEST_CASE("data are nothing in particular") {
  CHECK(of("").empty());
  CHECK(of(std::string("\0\0\x08\x03", 4)).empty());
  CHECK(of("plain text").empty());
  CHECK(of("   ").empty());
}
