// SPDX-License-Identifier: MIT
#include "plots/studies/regime_curves.hpp"

#include <fmt/format.h>

#include "plots/figures/line_styles.hpp"
#include "plots/figures/style.hpp"

namespace steq::figures {
namespace {

/// Lines with points, with bars from lowest to highest where there are several seeds; the median is in column `at`.
std::string curve(std::size_t at, int line, const char* with) {
  return fmt::format("file using 1:(y(column({}))):(y(column({}))):(y(column({}))) with {} lt {} notitle", at, at + 1,
                     at + 2, with, line);
}

/// What the key says: it stands in the first panel for all of them.
std::string key_entries(const std::vector<Partner>& partners) {
  std::string text;
  for (const Partner& partner : partners)
    text += fmt::format("keyentry with linespoints lt {} title {}, \\\n  ", partner.line_type,
                        quoted(partner.a + " / " + partner.b));
  return text + fmt::format("keyentry with linespoints lt {} title {}", line_type(Role::estimator),
                            quoted(partners.front().a + " alone"));
}

}  // namespace

Curves curves_of(const std::vector<Partner>& partners, const char* with) {
  const std::size_t alone = 2 + 6 * partners.size();
  Curves curves{.levels = "plot ",
                .error = "plot " + curve(alone, line_type(Role::estimator), with),
                .changed = "plot " + curve(alone + 3, partners.front().line_type, with)};
  for (std::size_t i = partners.size(); i-- > 0;) {
    const Partner& partner = partners[i];
    if (partner.kind == "jitter")
      curves.levels += fmt::format(
          "file using 1:(y(column({}))) with filledcurves y1=1e-99 lc rgb \"#e4e4e4\" title \"below {}\", \\\n  ",
          2 + 6 * i, partner.b);
    if (partner.kind == "equivalent" || partner.kind == "other")
      curves.error += ", \\\n  " + curve(5 + 6 * i, partner.line_type, with);
  }
  for (std::size_t i = partners.size(); i-- > 0;)
    curves.levels += curve(2 + 6 * i, partners[i].line_type, with) + ", \\\n  ";
  curves.levels += key_entries(partners);
  return curves;
}

}  // namespace steq::figures
