// SPDX-License-Identifier: MIT
#include "plots/report/svg.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "plots/report/html.hpp"

namespace steq {
namespace {

/// The text with `replacement(at)` in place of what begins at every `pattern`: it returns what to write, and moves `at`
/// to where the text goes on.
template <class Replacement>
std::string with_each(const std::string& text, const std::string& pattern, const Replacement& replacement) {
  std::string result;
  std::size_t done = 0;
  for (std::size_t at = text.find(pattern); at != std::string::npos; at = text.find(pattern, done)) {
    result.append(text, done, at - done);
    result += replacement(at);
    done = at;
  }
  return result.append(text, done);
}

std::string with_inserted(const std::string& text, const std::string& pattern, const std::string& prefix) {
  return with_each(text, pattern, [&](std::size_t& at) {
    at += pattern.size();
    return pattern + prefix;
  });
}

/// gnuplot's <title> would show up under the mouse.
void remove_element(std::string& text, const std::string& name) {
  const std::size_t begin = text.find("<" + name + ">"), end = text.find("</" + name + ">");
  if (begin != std::string::npos && end != std::string::npos) text.erase(begin, end + name.size() + 3 - begin);
}

/// gnuplot numbers its plots anew in every panel; nothing refers to those ids.
std::string without_plot_ids(const std::string& text) {
  const std::string start = " id=\"gnuplot_plot_";
  return with_each(text, start, [&](std::size_t& at) {
    at = std::min(text.find('"', at + start.size()), text.size() - 1) + 1;
    return "";
  });
}

std::string view_box(const std::string& tag) {
  const std::size_t begin = tag.find("viewBox=\"");
  if (begin == std::string::npos) return "";
  const std::size_t end = tag.find('"', begin + 9);
  return end == std::string::npos ? "" : tag.substr(begin + 9, end - begin - 9);
}

}  // namespace

std::string inlined(const std::string& svg, const std::string& prefix, const std::string& alt) {
  const std::size_t begin = svg.find("<svg"), content = svg.find('>', begin), end = svg.rfind("</svg>");
  if (begin == std::string::npos || content == std::string::npos || end == std::string::npos) return "";
  if (svg.find("<script") != std::string::npos) return "";
  std::string drawing = svg.substr(content + 1, end - content - 1);
  for (const char* element : {"title", "desc"}) remove_element(drawing, element);
  drawing = without_plot_ids(drawing);
  for (const char* pattern : {" id='", " id=\"", "url(#", "href='#", "href=\"#"})
    drawing = with_inserted(drawing, pattern, prefix + "-");
  return fmt::format("<svg viewBox=\"{}\" role=\"img\" aria-label=\"{}\">{}</svg>",
                     escaped(view_box(svg.substr(begin, content - begin))), escaped(alt), drawing);
}

}  // namespace steq
