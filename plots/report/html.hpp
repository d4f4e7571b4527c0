// SPDX-License-Identifier: MIT
// The few pieces of HTML of which a report is put together.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "plots/tables/table.hpp"
#include "records/json_values.hpp"

namespace steq {

/// For texts and for attributes in quotes.
std::string escaped(std::string_view text);

/// <p>TEXT</p>, escaped.
std::string paragraph(std::string_view text);

/// A block of code or of data, as it is; long lines scroll.
std::string preformatted(std::string_view text);

/// A part that the reader opens; `html` as it is.
std::string folded(std::string_view summary, const std::string& html);

/// In a container of its own that scrolls; the first cell of each row is its header. Columns can be sorted.
std::string html_table(const Table& table);

/// JSON for scripts, under an id; no text in it can end the element.
std::string script_data(std::string_view id, const Json& data);

std::string base64(std::string_view bytes);
/// The numbers' bytes, lowest first, as base64.
template <class T>
std::string packed(std::span<const T> numbers) {
  return base64({reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes()});
}

/// A link by which the browser saves `bytes` as a file.
std::string download(const std::string& file, const std::string& type, std::string_view bytes);

/// The text with every {{KEY}} replaced, other braces as they are; what is put in is not looked at again.
std::string filled(std::string_view text, const std::map<std::string, std::string, std::less<>>& values);

}  // namespace steq
