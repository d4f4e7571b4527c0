// SPDX-License-Identifier: MIT
#include "plots/report/html.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

namespace steq {
namespace {

/// Long names may break where they are joined.
std::string breakable(const std::string& text) {
  std::string name;
  for (const char c : text) name += escaped({&c, 1}) + (c == '_' || c == '.' || c == '/' ? "<wbr>" : "");
  return name;
}

std::string header_cell(const std::string& text) {
  return "<th scope=\"col\" aria-sort=\"none\"><button type=\"button\">" + breakable(text) + "</button></th>";
}

/// Words are set apart from numbers, and sentences get room to wrap.
std::string cell_class(const std::string& text) {
  if (text.size() > 40) return " class=\"words sentence\"";
  return text.find(' ') != std::string::npos && !text.starts_with("step ") ? " class=\"words\"" : "";
}

std::string table_row(const Row& row) {
  std::string html = "<tr><th scope=\"row\">" + breakable(row[0]) + "</th>";
  for (std::size_t c = 1; c < row.size(); ++c)
    html += fmt::format("<td{}>{}</td>", cell_class(row[c]), escaped(row[c]));
  return html + "</tr>\n";
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string html;
  for (const char c : text) {
    if (c == '&')
      html += "&amp;";
    else if (c == '<')
      html += "&lt;";
    else if (c == '>')
      html += "&gt;";
    else if (c == '"')
      html += "&quot;";
    else if (c == '\'')
      html += "&#39;";
    else
      html += c;
  }
  return html;
}

std::string paragraph(std::string_view text) { return "<p>" + escaped(text) + "</p>\n"; }

std::string preformatted(std::string_view text) {
  return "<pre tabindex=\"0\"><code>" + escaped(text) + "</code></pre>\n";
}

std::string folded(std::string_view summary, const std::string& html) {
  return "<details><summary>" + escaped(summary) + "</summary>\n" + html + "</details>\n";
}

std::string html_table(const Table& table) {
  std::string html = fmt::format(  // the caption stands outside, so that it does not scroll
      "<p class=\"caption\">{0}</p>\n<p class=\"scrolls\">This table scrolls sideways.</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">"
      "<table class=\"sortable\" aria-label=\"{0}\">\n<thead><tr>",
      escaped(table.caption));
  for (const std::string& cell : table.header) html += header_cell(cell);
  html += "</tr></thead>\n<tbody>\n";
  for (const Row& row : table.rows) html += table_row(row);
  html += "</tbody></table></div>\n";
  for (const std::string& note : table.notes) html += "<p class=\"note\">" + escaped(note) + "</p>\n";
  return html;
}

std::string script_data(std::string_view id, const Json& data) {
  std::string text;
  for (const char c : data.dump(-1, ' ', false, Json::error_handler_t::replace))
    text += c == '<' ? "\\u003c" : std::string(1, c);
  return fmt::format("<script type=\"application/json\" id=\"{}\">{}</script>\n", escaped(id), text);
}

std::string base64(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(length));
  return text;
}

std::string download(const std::string& file, const std::string& type, std::string_view bytes) {
  return fmt::format("<a download=\"{0}\" href=\"data:{1};base64,{2}\">{0}</a>", escaped(file), type, base64(bytes));
}

std::string filled(std::string_view text, const std::map<std::string, std::string, std::less<>>& values) {
  std::string result;
  for (std::size_t place = 0; place < text.size();) {
    const std::size_t open = text.find("{{", place), close = text.find("}}", open);
    if (close == std::string_view::npos) return result.append(text.substr(place));
    const auto value = values.find(text.substr(open + 2, close - open - 2));
    const bool known = value != values.end();  // other braces, as those of BibTeX, stand for themselves
    result.append(text.substr(place, open - place)).append(known ? std::string_view(value->second) : "{{");
    place = known ? close + 2 : open + 2;
  }
  return result;
}

}  // namespace steq
