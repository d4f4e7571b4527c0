// SPDX-License-Identifier: MIT
#include "plots/tables/latex_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace steq {
namespace {

constexpr double kCharacter = 0.53;  // em, of letters and digits in the mean
constexpr double kTextWidth = 345;   // pt

struct Size {
  const char* command;
  double points;  ///< of one em in Computer Modern, whose small letters are wider
};
constexpr Size kSizes[] = {{"", 10}, {"\\small", 9.25}, {"\\footnotesize", 8.5}, {"\\scriptsize", 7.97}};

/// In em: what the longest piece that cannot be broken needs, and what the longest cell needs.
struct Width {
  double least = 0, whole = 0;
  bool words = false;  ///< aligned left
};

std::size_t longest_piece(const std::string& text) {
  std::size_t longest = 0, length = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    length = text[i] == ' ' ? 0 : length + 1;
    longest = std::max(longest, length);
    if (breaks_after(text, i)) length = 0;
  }
  return longest;
}

bool is_words(const std::string& cell) {
  return cell.find(' ') != std::string::npos && std::isalpha(static_cast<unsigned char>(cell[0]));
}

Width width_of(const std::vector<Row>& rows, std::size_t column) {
  Width width;
  std::size_t words = 0;
  for (const Row& row : rows) {
    const std::string& cell = row[column];
    width.least = std::max(width.least, kCharacter * static_cast<double>(longest_piece(cell)));
    width.whole = std::max(width.whole, kCharacter * static_cast<double>(cell.size()));
    words += &row != rows.data() && is_words(cell);
  }
  width.words = column == 0 || 2 * words >= rows.size();
  return width;
}

/// The first column and those of a part, side by side, none wider than it must be or all as wide as they want.
double total(const std::vector<Width>& widths, const LatexColumns& part, double Width::*which) {
  double sum = widths[0].*which + kColumnGap;
  for (std::size_t c = part.first; c < part.end; ++c) sum += widths[c].*which + kColumnGap;
  return sum;
}

std::string specification(const std::vector<Width>& widths, const LatexColumns& part, double available) {
  const double least = total(widths, part, &Width::least), whole = total(widths, part, &Width::whole);
  const double share = whole > least ? std::clamp((available - least) / (whole - least), 0.0, 1.0) : 1;
  std::string text;
  const auto add = [&](const Width& width) {
    if (share >= 1) return void(text += width.words ? "l" : "r");
    text += fmt::format(">{{\\{}\\arraybackslash}}p{{{:.2f}em}}", width.words ? "raggedright" : "raggedleft",
                        width.least + share * (width.whole - width.least));
  };
  add(widths[0]);
  for (std::size_t c = part.first; c < part.end; ++c) add(widths[c]);
  return text;
}

/// As few parts as possible, each no wider than is available at their least.
std::vector<LatexColumns> cut(const std::vector<Width>& widths, double available) {
  std::vector<LatexColumns> parts;
  for (std::size_t first = 1; first < widths.size() || parts.empty();) {
    LatexColumns part{first, std::min(first + 1, widths.size()), ""};
    while (part.end < widths.size() && total(widths, {first, part.end + 1, ""}, &Width::least) <= available) ++part.end;
    first = std::max(part.end, first + 1);
    parts.push_back(part);
  }
  return parts;
}

}  // namespace

bool breaks_after(const std::string& text, std::size_t place) {
  return place + 1 < text.size() && text[place + 1] != ' ' &&
         std::string("./_,:=").find(text[place]) != std::string::npos &&
         !(place > 0 && std::isdigit(static_cast<unsigned char>(text[place - 1])) &&
           std::isdigit(static_cast<unsigned char>(text[place + 1])));
}

LatexLayout latex_layout(const std::vector<Row>& rows) {
  std::vector<Width> widths;
  for (std::size_t c = 0; c < rows[0].size(); ++c) widths.push_back(width_of(rows, c));
  const LatexColumns all{1, widths.size(), ""};
  const auto available = [](const Size& size) { return kTextWidth / size.points; };
  const auto fits = [&](double Width::*which) {
    return std::ranges::find_if(kSizes, [&](const Size& size) { return total(widths, all, which) <= available(size); });
  };
  auto size = fits(&Width::whole);
  if (size == std::end(kSizes)) size = std::max(fits(&Width::least), &kSizes[2]);
  if (size == std::end(kSizes)) size = &kSizes[3];
  LatexLayout layout{size->command, cut(widths, available(*size))};
  for (LatexColumns& part : layout.parts) part.specification = specification(widths, part, available(*size));
  return layout;
}

}  // namespace steq
