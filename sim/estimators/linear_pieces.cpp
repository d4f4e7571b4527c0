// SPDX-License-Identifier: MIT
#include "sim/estimators/linear_pieces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/core/errors.hpp"
#include "sim/core/notation.hpp"

namespace steq {
namespace {

using Piece = LinearPieces::Piece;

std::optional<double> number(const std::string& text) {
  const Value value = parse_value(text);
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<double>(*integer);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  return std::nullopt;
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

/// Appends a piece, or says what is wrong with its text.
std::string read_piece(const std::string& text, std::vector<Piece>& pieces) {
  const std::vector<std::string> parts = split(text, ':');
  const auto end = number(parts[0]), slope = number(parts.back());
  if (parts.size() != 2 || !end || !slope) return fmt::format("\"{}\" is not END:SLOPE", text);
  const double before = pieces.empty() ? 0 : pieces.back().end;
  if (!(*end > before && *end < 0.5)) return fmt::format("END {} is not in ({}, 0.5)", *end, before);
  if (!(*slope > 0 && std::isfinite(*slope))) return fmt::format("SLOPE {} is not a number > 0", *slope);
  pieces.push_back({*end, *slope});
  return "";
}

/// How much of the rise of 1/2 the pieces leave to the last one.
double remainder(const std::vector<Piece>& pieces) {
  double rest = 0.5, start = 0;
  for (const Piece& piece : pieces) {
    rest -= piece.slope * (piece.end - start);
    start = piece.end;
  }
  return rest;
}

/// Pieces or, second, why there are none.
std::pair<std::vector<Piece>, std::string> read(const std::string& knots) {
  std::vector<Piece> pieces;
  for (const std::string& text : split(knots, ';'))
    if (const std::string why = read_piece(text, pieces); !why.empty()) return {{}, why};
  const double rest = remainder(pieces);
  if (rest > 0) return {pieces, ""};
  return {{}, fmt::format("the pieces rise by {}, and nothing is left for the last one", 0.5 - rest)};
}

/// Sum over the pieces of weight(slope) times the part of the piece below u.
template <class Weight>
double integral(const std::vector<Piece>& pieces, double u, const Weight& weight) {
  double sum = 0, start = 0;
  for (const Piece& piece : pieces) {
    sum += weight(piece.slope) * std::max(std::min(u, piece.end) - start, 0.0);
    start = piece.end;
  }
  return sum;
}

bool flatter(const Piece& a, const Piece& b) { return a.slope < b.slope; }

}  // namespace

LinearPieces::LinearPieces(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {
  const double start = pieces_.empty() ? 0 : pieces_.back().end;
  pieces_.push_back({0.5, remainder(pieces_) / (0.5 - start)});
}

LinearPieces LinearPieces::parse(const std::string& knots) {
  auto [pieces, why] = read(knots);
  if (!why.empty()) throw DomainError(why);
  return LinearPieces(std::move(pieces));
}

std::string LinearPieces::refusal(const std::string& knots) {
  if (knots.empty()) return "";
  const std::string why = read(knots).second;
  if (why.empty()) return "";
  return fmt::format(
      "\"{}\" is not allowed: {}; allowed: END:SLOPE;END:SLOPE with 0 < END < 0.5 ascending, SLOPE > 0, and the sum of "
      "SLOPE times length below 0.5",
      knots, why);
}

double LinearPieces::least_slope() const { return std::min_element(pieces_.begin(), pieces_.end(), flatter)->slope; }
double LinearPieces::greatest_slope() const { return std::max_element(pieces_.begin(), pieces_.end(), flatter)->slope; }

double LinearPieces::rise(double u) const {
  return integral(pieces_, u, [](double slope) { return slope; });
}

double LinearPieces::run(double u) const {
  return integral(pieces_, u, [](double slope) { return 1 / slope; });
}

double LinearPieces::where_run_is(double r) const {
  double start = 0;
  for (const Piece& piece : pieces_) {
    const double length = (piece.end - start) / piece.slope;
    if (r < length || &piece == &pieces_.back()) return start + piece.slope * r;
    r -= length;
    start = piece.end;
  }
  return 0.5;
}

}  // namespace steq
