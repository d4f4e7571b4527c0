// SPDX-License-Identifier: MIT
#include "plots/figures/chosen_weights.hpp"
#include "plots/tables/read_csv.hpp"
#include "records/log_file.hpp"
#include "sim/metrics/first_divergence.hpp"
#include "tests/plots/figures/two_learners.hpp"

using namespace steq;
using test::Dense;
using test::TwoLearners;

namespace {

std::vector<Level> levels_of(const Dense& levels, std::size_t weight) {
  std::vector<Level> column;
  for (const auto& row : levels) column.push_back(row[weight]);
  return column;
}

std::vector<Level> sequence(std::vector<Level> column) {
  column.erase(std::unique(column.begin(), column.end()), column.end());
  return column;
}

/// The level after every step that a table of change points tells; 0-based column.
std::vector<Level> spread(const Table& table, std::size_t column) {
  std::vector<Level> levels;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const auto next = row + 1 < table.rows.size() ? static_cast<std::size_t>(number_of(table.rows[row + 1][0])) : 41;
    while (levels.size() < next) levels.push_back(static_cast<Level>(number_of(table.rows[row][column])));
  }
  return levels;
}

}  // namespace

TEST_CASE("chosen weights are what they are chosen for", "[figures]") {
  for (unsigned seed = 0; seed < 30; ++seed) {
    const test::RandomPair pair(seed, 16);
    const std::vector<ChosenWeight> chosen = chosen_weights(pair.a, pair.b);
    REQUIRE(chosen.size() == 4);
    const auto first = first_divergence(pair.a, pair.b);
    REQUIRE(first);
    CHECK(pair.a.tensors[chosen[0].tensor].name == first->tensor);
    CHECK(chosen[0].place == first->weight);
    const auto changes = [&](std::size_t tensor, std::size_t weight) {
      return sequence(levels_of(pair.levels_a[tensor], weight)).size() - 1;
    };
    const auto agrees = [&](std::size_t tensor, std::size_t weight) {
      return sequence(levels_of(pair.levels_a[tensor], weight)) == sequence(levels_of(pair.levels_b[tensor], weight));
    };
    CHECK(agrees(chosen[2].tensor, chosen[2].place));
    std::size_t more = 0, fewer = 0, changing = 0;
    for (std::size_t t = 0; t < pair.levels_a.size(); ++t)
      for (std::size_t i = 0; i < pair.levels_a[t][0].size(); ++i) {
        if (t == chosen[0].tensor && i == chosen[0].place) continue;
        CHECK(changes(t, i) <= changes(chosen[1].tensor, chosen[1].place));
        if (agrees(t, i) && (t != chosen[1].tensor || i != chosen[1].place))
          CHECK(changes(t, i) <= changes(chosen[2].tensor, chosen[2].place));
        more += changes(t, i) > changes(chosen[3].tensor, chosen[3].place);
        fewer += changes(t, i) > 0 && changes(t, i) < changes(chosen[3].tensor, chosen[3].place);
        changing += changes(t, i) > 0;
      }
    CHECK(more <= changing / 2 + 1);
    CHECK(fewer <= changing / 2 + 1);
  }
}

TEST_CASE("learning processes are drawn as they were, with every change point", "[figures]") {
  const TwoLearners run;
  const auto drawing = test::figure_named("learning-processes").draw(run.stored());
  REQUIRE(drawing);
  const std::vector<ChosenWeight> chosen = chosen_weights(run.pair.a, run.pair.b);
  REQUIRE(drawing->data.size() == chosen.size());
  for (std::size_t c = 0; c < chosen.size(); ++c) {
    const Table& table = drawing->data[c].table;
    const std::vector<Level> a = levels_of(run.pair.levels_a[chosen[c].tensor], chosen[c].place);
    CHECK(drawing->data[c].suffix == chosen[c].suffix);
    CHECK(spread(table, 1) == a);
    CHECK(spread(table, 2) == levels_of(run.pair.levels_b[chosen[c].tensor], chosen[c].place));
    const auto marks = std::ranges::count_if(table.rows, [](const Row& row) { return !row[3].empty(); });
    CHECK(static_cast<std::size_t>(marks) == sequence(a).size() - 1);
  }
  test::check_pictures("learning-processes", *drawing, {"most change points", "diverges first"});
}

TEST_CASE("latent weights are drawn in units of levels where they were recorded", "[figures]") {
  const testing::TemporaryDirectory directory;
  LogWriter writer(directory.file("logs.h5"));
  ChangePointLog log({0, 1});
  log.append({1, 2, 2});
  const Grid grid = test::equidistant_grid(3, 3);  // levels -3, -1, 1, 3
  for (const char* learner : {"a", "b"}) {
    writer.write_grid(learner, "w", grid);
    writer.write_change_points(learner, "w", log);
    for (const Step step : {0u, 4u}) {
      writer.append_latent(learner, "w", std::vector<double>{-3, step == 0 ? -0.5 : 2.0});
      writer.append_latent_step(learner, step);
    }
  }
  writer.close();
  const auto drawing = test::figure_named("learning-processes").draw(StoredRun(directory.path()));
  REQUIRE(drawing);
  REQUIRE(drawing->data.size() == 2);
  CHECK(drawing->data[1].suffix == "restlesslatent");
  CHECK(drawing->data[1].table.rows == std::vector<Row>{{"0", "1.25", "1.25"}, {"4", "2.5", "2.5"}});
  test::check_pictures("learning-processes", *drawing, {"latent weight of a"});
}

namespace {

/// Two weights on two grids, with what is recorded of them; a weight changes from level 1 to 2.
struct OwnGrids {
  testing::TemporaryDirectory directory;

  OwnGrids(const Grid& a, const Grid& b, const std::vector<double>& latent, bool moving) {
    LogWriter writer(directory.file("logs.h5"));
    ChangePointLog log({1});
    log.append({0, 2, 2});
    for (const auto& [learner, grid] : {std::pair("a", a), std::pair("b", b)}) {
      writer.write_grid(learner, "w", grid);
      writer.write_change_points(learner, "w", log);
      for (std::size_t r = 0; r < latent.size(); ++r) {
        writer.append_latent(learner, "w", std::vector<double>{latent[r]});
        writer.append_latent_step(learner, static_cast<Step>(r));
      }
    }
    for (std::size_t r = 0; moving && r < latent.size(); ++r)
      writer.append_grid_parameter("/b/w", "step", std::vector<double>{1});
    writer.close();
  }

  Drawing drawing() const {
    auto made = test::figure_named("learning-processes").draw(StoredRun(directory.path()));
    REQUIRE(made);
    return *std::move(made);
  }
};

}  // namespace

TEST_CASE("latent weights lie between the thresholds of their own learner's grid", "[figures]") {
  const Grid even = test::equidistant_grid(3, 2);                                    // thresholds -1.5, 1.5
  const Grid uneven{.levels = {-2, 0, 3}, .thresholds = {-0.5, 0.5}, .range = 2.5};  // not midway
  const Drawing drawing = OwnGrids(even, uneven, {0, 0.5, 1.5}, false).drawing();
  CHECK(drawing.data[1].table.rows ==
        std::vector<Row>{{"0", "1", "1"}, {"1", "1.16666667", "1.5"}, {"2", "1.5", "2.5"}});
}

TEST_CASE("a weight far outside of a tiny grid leaves the figure as it is, a moving grid has no line", "[figures]") {
  const Grid even = test::equidistant_grid(3, 2), tiny = test::equidistant_grid(1e-8, 2);
  const Drawing far = OwnGrids(even, tiny, {0, -0.5, 0.5}, false).drawing();
  CHECK(far.data[1].table.rows ==
        std::vector<Row>{{"0", "1", "1"}, {"1", "0.833333333", "-1"}, {"2", "1.16666667", "3"}});
  CHECK(far.commands.size() < 5000);
  const Drawing moving = OwnGrids(even, tiny, {0, -0.5, 0.5}, true).drawing();
  CHECK(moving.data[1].table.rows[1] == Row{"1", "0.833333333", ""});
  CHECK_THAT(moving.commands, Catch::Contains("latent weight of a") && !Catch::Contains("latent weight of b"));
  test::check_pictures("learning-processes", moving, {"latent weight of a"});
}
