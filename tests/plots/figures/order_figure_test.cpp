// SPDX-License-Identifier: MIT
#include <regex>
#include <set>

#include "plots/figures/case_figures.hpp"
#include "plots/tables/read_csv.hpp"
#include "tests/plots/figures/two_learners.hpp"

using namespace steq;

namespace {

/// Nine cases, as of the preset.
void put_cases(const std::filesystem::path& run) {
  Json cases = Json::array();
  std::filesystem::create_directories(run / "tables");
  for (int i = 0; i < 9; ++i) {
    const std::string name = "case-" + std::to_string(i);
    cases.push_back(
        {{"name", name}, {"order", 1 + 0.01 * i}, {"low", 0.9}, {"high", 1.2}, {"factor", 0.5}, {"expected", 1}});
    testing::put(run / "tables" / (name + ".csv"),
                 "share of the largest rate,repeat,error in bins\n1,0,0.5\n0.5,0,0.25\n");
  }
  testing::put(run / "summary.json", Json{{"cases", cases}}.dump());
}

/// What follows the word in each plot command.
std::multiset<std::string> after(const std::string& script, const std::string& pattern) {
  std::multiset<std::string> found;
  const std::regex regex(pattern);
  for (std::sregex_iterator at(script.begin(), script.end(), regex), end; at != end; ++at) found.insert((*at)[1]);
  return found;
}

}  // namespace

TEST_CASE("nine orders have nine looks, and their intervals are drawn", "[figures]") {
  const testing::TemporaryDirectory run;
  put_cases(run.path());
  draw_orders(run.path());
  const std::string script = testing::get(run.path() / "figures" / "orders.gp");
  const auto points = after(script, "with points lt ([0-9]+) ps 0.9"), lines = after(script, "with lines lt ([0-9]+)"),
             bars = after(script, "with xerrorbars lt ([0-9]+)");
  CHECK(std::set<std::string>(points.begin(), points.end()).size() == 9);
  CHECK(points == lines);
  CHECK(points == bars);
  const auto fits = read_csv(run.path() / "figures" / "orders-fits.csv");
  REQUIRE(fits);
  CHECK(fits->rows.at(2) == Row{"2", "case-2", "1.02", "0.9", "1.2", "1"});
  if (!std::filesystem::exists(run.path() / "figures" / "orders.svg")) {
    WARN("gnuplot is not installed: not tested");
    return;
  }
  CHECK_THAT(testing::get(run.path() / "figures" / "orders.svg"), Catch::Contains("case-8: 1.08 [0.90, 1.20]"));
}
