// SPDX-License-Identifier: MIT
// A function of u in [0, 1/2] that is linear piece by piece, from (0, 0) to (1/2, 1/2).
#pragma once

#include <string>
#include <vector>

namespace steq {

class LinearPieces {
 public:
  struct Piece {
    double end;    ///< the u where the piece ends
    double slope;  ///< positive
  };

  /// The given pieces, then one up to 1/2 whose slope makes the mean 1. The caller sees to it that ends ascend within
  /// (0, 1/2) and that the last slope is positive.
  explicit LinearPieces(std::vector<Piece> pieces);

  /// From END:SLOPE;END:SLOPE. Throws DomainError where there is a refusal.
  static LinearPieces parse(const std::string& knots);

  /// Why the text is no list of knots, and what is allowed; empty where it is one, or empty itself.
  static std::string refusal(const std::string& knots);

  /// With the last one, whose end is 1/2.
  const std::vector<Piece>& all() const { return pieces_; }
  double least_slope() const;
  double greatest_slope() const;

  /// The integral of the slope from 0 to u.
  double rise(double u) const;
  /// The integral of 1 / slope from 0 to u.
  double run(double u) const;
  /// The u with run(u) = r.
  double where_run_is(double r) const;

 private:
  std::vector<Piece> pieces_;
};

}  // namespace steq
