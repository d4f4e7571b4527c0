// SPDX-License-Identifier: MIT
// Weight alignment and weight movement: every weight of a small run, once, where it belongs.
#include "plots/figures/scatter.hpp"

#include "plots/tables/numbers.hpp"
#include "tests/plots/figures/two_learners.hpp"

using namespace steq;
using Catch::Contains;
using test::TwoLearners;

namespace {

int level(double w, const Grid& grid) {
  int below = 0;
  for (const double threshold : grid.thresholds) below += threshold < w;
  return below;
}

using Rows = std::vector<Row>;

Rows sorted(Rows rows) {
  std::ranges::sort(rows);
  return rows;
}

/// The rows that a cloud of x against y should have, by the weights themselves.
template <class... Value>
Rows expected(const TwoLearners& run, std::vector<double> TensorTrace::*from, const LearnerTrace& other,
              const Value&... values) {
  Rows rows;
  for (std::size_t t = 0; t < other.tensors.size(); ++t)
    for (std::size_t i = 0; i < other.tensors[t].final.size(); ++i) {
      const double w = (run.pair.a.tensors[t].*from)[i], v = other.tensors[t].final[i];
      const Grid& grid = other.tensors[t].grid;
      rows.push_back({cell(values(w, v) / grid.range)..., level(w, grid) != level(v, grid) ? "1" : "0"});
    }
  return sorted(rows);
}

double first(double w, double) { return w; }
double mapped(double w, double) { return test::pretended_map(w); }
double second(double, double v) { return v; }

}  // namespace

TEST_CASE("weight alignment shows each weight as it is, mapped, and in the other learner", "[figures]") {
  const TwoLearners run;
  run.write_weights();
  const auto drawing = test::figure_named("weight-alignment").draw(run.stored());
  REQUIRE(drawing);
  REQUIRE(drawing->data.size() == 1);
  CHECK(drawing->data[0].table.header == Row{"a", "M of a", "b", "different levels"});
  const Rows rows = expected(run, &TensorTrace::final, run.pair.b, first, mapped, second);
  CHECK(sorted(drawing->data[0].table.rows) == rows);
  const auto unlike = std::ranges::count_if(rows, [](const Row& row) { return row.back() == "1"; });
  CHECK_THAT(drawing->alt, Contains("a / b: " + percent(double(unlike) / 52) + " of the weights"));
  test::check_pictures("weight-alignment", *drawing, {"a / b, mapped by M", "different levels"});
}

TEST_CASE("weight movement shows where each weight began and ended", "[figures]") {
  const TwoLearners run;
  run.write_weights();
  const auto drawing = test::figure_named("weight-movement").draw(run.stored());
  REQUIRE(drawing);
  REQUIRE(drawing->data.size() == 2);
  CHECK(sorted(drawing->data[0].table.rows) == expected(run, &TensorTrace::initial, run.pair.a, first, second));
  test::check_pictures("weight-movement", *drawing, {"initial w / W", "another level"});
}

TEST_CASE("without weights there is neither figure", "[figures]") {
  const TwoLearners run;
  CHECK_FALSE(test::figure_named("weight-alignment").draw(run.stored()));
  CHECK_FALSE(test::figure_named("weight-movement").draw(run.stored()));
}

TEST_CASE("without mapped weights alignment is drawn as it is", "[figures]") {
  const TwoLearners run;
  run.write_weights();
  std::filesystem::remove(run.path() / "weights" / "a-mapped.safetensors");
  const auto drawing = test::figure_named("weight-alignment").draw(run.stored());
  REQUIRE(drawing);
  CHECK(drawing->data[0].table.header == Row{"a", "b", "different levels"});
  CHECK(drawing->commands.find("mapped by M") == std::string::npos);
}

TEST_CASE("large clouds are thinned to the limit, and keep both kinds", "[figures]") {
  WeightCloud a, b;
  for (int i = 0; i < 20000; ++i) {
    a.values.push_back(i), b.values.push_back(-i);
    a.levels.push_back(0), b.levels.push_back(i % 10 == 0);
  }
  CHECK(a.share_unlike(b) == 0.1);
  CHECK(a.mean_distance(b) == 19999);
  const Table table = cloud_table({"a", "b"}, {a, b});
  const auto unlike =
      static_cast<std::size_t>(std::ranges::count_if(table.rows, [](const Row& row) { return row.back() == "1"; }));
  CHECK(unlike > kMostCloudPoints / 2);
  CHECK(unlike <= kMostCloudPoints + 1);
  CHECK(table.rows.size() - unlike > kMostCloudPoints / 2);
  CHECK(table.rows.size() - unlike <= kMostCloudPoints + 1);
  CHECK(cloud_table({"a", "b"}, {a, b}).rows == table.rows);
}
