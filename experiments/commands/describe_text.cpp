// SPDX-License-Identifier: MIT
#include "experiments/commands/describe_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "plots/tables/text_table.hpp"
#include "plots/tables/wrapped.hpp"

namespace steq {
namespace {

constexpr std::size_t kDescribeIndent = 14;
constexpr std::size_t kGraphRows = 11;

/// A value in words: "lower 0.25, upper 2" for an object, "none" for null.
std::string plain(const Json& value) {
  if (value.is_null()) return "none";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (value.is_number_float()) return fmt::format("{:.7g}", value.get<double>());
  if (!value.is_structured()) return value.dump();
  std::string text;
  for (const auto& [key, item] : value.items())
    text += (text.empty() ? "" : ", ") + (value.is_object() ? key + " " : "") + plain(item);
  return text;
}

bool says_nothing(const Json& value) { return value.is_structured() && value.empty(); }

std::size_t widest_name(const Json& entries) {
  std::size_t width = 0;
  for (const Json& entry : entries) width = std::max(width, entry["name"].get_ref<const std::string&>().size());
  return width;
}

/// "default 2", "in place of k", "required" or "may be left out"
std::string default_text(const Json& declared) {
  if (declared.contains("instead_of")) return "in place of " + plain(declared["instead_of"]);
  if (!declared["default"].is_null()) return "default " + declared["default"].dump();
  return declared.value("required", true) ? "required" : "may be left out";
}

std::string declared_text(const Json& p) {
  return fmt::format("{}; {}; {}", plain(p["meaning"]), plain(p["allowed"]), default_text(p));
}

std::string parameters_text(const Json& parameters) {
  std::string text = "  parameters\n";
  for (const Json& p : parameters)
    text +=
        wrapped("    " + plain(p["name"]), declared_text(p), std::max(kDescribeIndent, widest_name(parameters) + 6));
  return text;
}

/// What a key is in each of the plug-ins that have it, whose names may be many.
std::string plugins_text(const Json& plugins) {
  std::string text;
  for (const Json& p : plugins) text += wrapped("  ", "of " + plain(p["name"]) + ": " + declared_text(p), 4);
  return text;
}

/// The summary, and of a key what may stand there.
std::string short_line(const Json& entry) {
  const std::string summary = plain(entry["summary"]);
  if (!entry.contains("default")) return summary;
  return fmt::format("{}; {}; {}", summary, plain(entry["allowed"]), default_text(entry));
}

std::string graph_cell(const Json& value) {
  if (!value.is_number()) return plain(value);
  const double x = value.get<double>();
  return std::abs(x) < 1e6 ? fmt::format("{:.5f}", x) : fmt::format("{:.5g}", x);
}

/// "larq: approx_sign is approx-sign here (on sign:range=1)"
Json elsewhere_lines(const Json& elsewhere) {
  Json lines = Json::array();
  for (const Json& other : elsewhere) {
    const std::string here = plain(other["here"]), remark = plain(other["remark"]);
    lines.push_back(fmt::format("{}: {} {}{}", plain(other["library"]), plain(other["name"]),
                                here.empty() ? "does not exist here" : "is " + here + " here",
                                remark.empty() ? "" : "; " + remark));
  }
  return lines;
}

/// "alpha, learned: output scale, in weight units"
Json moving_lines(const Json& parameters) {
  Json lines = Json::array();
  for (const Json& p : parameters)
    lines.push_back(fmt::format("{}, {}: {}", plain(p["name"]), plain(p["by"]), plain(p["meaning"])));
  return lines;
}

/// Some rows of the arrays, side by side; a column that is null is left out.
std::string graph_text(const Json& graph) {
  const std::size_t points = graph["q"].size();
  const std::size_t stride = std::max<std::size_t>(1, (points + kGraphRows - 2) / kGraphRows);
  std::vector<Row> rows(1, Row{"   "});
  for (const auto& [key, column] : graph.items())
    if (column.is_array()) rows[0].push_back(key);
  for (std::size_t i = 0; i < points; i += stride) {
    rows.push_back({"   "});
    for (const Json& column : graph)
      if (column.is_array()) rows.back().push_back(graph_cell(column[i]));
  }
  return "  graph\n" + aligned(rows);
}

/// The lines of a list, each under the key; nothing of an empty one.
std::string items_text(const std::string& key, const Json& items) {
  std::string text;
  for (const Json& item : items) text += wrapped(text.empty() ? "  " + key : "", plain(item), kDescribeIndent);
  return text;
}

/// The document as JSON, its lines kept within the columns.
std::string config_text(const Json& config) {
  std::string text = "  config\n";
  std::istringstream lines(config.dump(2));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t indent = line.find_first_not_of(' ') + 4;
    text += wrapped(std::string(indent, ' '), line, indent);
  }
  return text;
}

}  // namespace

std::string list_text(const std::string& title, const std::vector<Json>& entries) {
  std::string text = title + "\n";
  for (const Json& entry : entries)
    text +=
        wrapped("  " + plain(entry["name"]), short_line(entry), std::max(kDescribeIndent, widest_name(entries) + 4));
  return text;
}

std::string page_text(const Json& entry) {
  std::string text = plain(entry["name"]) + "\n" + wrapped("  ", plain(entry["summary"]), 2);
  for (const auto& [key, value] : entry.items()) {
    if (key == "name" || key == "summary" || value == Json("") || says_nothing(value)) continue;
    if (key == "parameters")
      text += parameters_text(value);
    else if (key == "plugins")
      text += plugins_text(value);
    else if (key == "graph")
      text += graph_text(value);
    else if (key == "config")
      text += config_text(value);
    else if (key == "elsewhere")
      text += items_text(key, elsewhere_lines(value));
    else if (key == "grid_parameters")
      text += items_text("grid", moving_lines(value));
    else if (key == "remarks" || key == "warnings")
      text += items_text(key, value);
    else
      text += wrapped("  " + key, plain(value), kDescribeIndent);
  }
  return text;
}

}  // namespace steq
