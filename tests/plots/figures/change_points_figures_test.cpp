// SPDX-License-Identifier: MIT
// The figures that are drawn from change points: raster and first divergence, against the levels after every step.
#include <map>
#include <set>

#include "plots/tables/read_csv.hpp"
#include "records/log_file.hpp"
#include "tests/plots/figures/two_learners.hpp"

using namespace steq;
using test::Dense;
using test::TwoLearners;

namespace {

/// "tensor weight step level" of every change in that learner.
std::set<std::string> changes(const LearnerTrace& learner, const std::vector<Dense>& levels) {
  std::set<std::string> all;
  for (std::size_t t = 0; t < levels.size(); ++t)
    for (std::size_t step = 1; step < levels[t].size(); ++step)
      for (std::size_t i = 0; i < levels[t][step].size(); ++i)
        if (levels[t][step][i] != levels[t][step - 1][i])
          all.insert(fmt::format("{} {} {} {}", learner.tensors[t].name, i, step, levels[t][step][i]));
  return all;
}

std::size_t apart(const TwoLearners& run, std::size_t step) {
  std::size_t count = 0;
  for (std::size_t t = 0; t < run.pair.levels_a.size(); ++t)
    for (std::size_t i = 0; i < run.pair.levels_a[t][step].size(); ++i)
      count += run.pair.levels_a[t][step][i] != run.pair.levels_b[t][step][i];
  return count;
}

}  // namespace

TEST_CASE("the raster has a mark for every change point, and says whose it is", "[figures]") {
  const TwoLearners run;
  const auto drawing = test::figure_named("change-point-raster").draw(run.stored());
  REQUIRE(drawing);
  std::set<std::string> in_a, in_b;
  std::map<std::string, std::set<std::string>> weights_of_row;
  for (const Row& row : drawing->data[0].table.rows) {
    const std::string change = fmt::format("{} {} {} {}", row[1], row[2], row[3], row[4]);
    if (row[5] != "2") CHECK(in_a.insert(change).second);
    if (row[5] != "1") CHECK(in_b.insert(change).second);
    weights_of_row[row[0]].insert(row[1] + " " + row[2]);
  }
  CHECK(in_a == changes(run.pair.a, run.pair.levels_a));
  CHECK(in_b == changes(run.pair.b, run.pair.levels_b));
  for (const auto& [row, weights] : weights_of_row) CHECK(weights.size() == 1);
  test::check_pictures("change-point-raster", *drawing, {"conv1.weight", "both learners", "only b"});
}

TEST_CASE("the first divergence is shown with the levels around it", "[figures]") {
  const unsigned seed = GENERATE(1u, 2u, 3u);
  const TwoLearners run(seed);
  const auto weights = static_cast<double>(5 + 30 + 17);
  std::string table = "step,a / b\n";
  for (std::size_t step = 0; step <= 40; ++step)
    table += fmt::format("{},{:.6g}\n", step, static_cast<double>(apart(run, step)) / weights);
  CHECK_FALSE(test::figure_named("first-divergence").draw(run.stored()));
  run.write_table("disagreement", table);
  const auto drawing = test::figure_named("first-divergence").draw(run.stored());
  REQUIRE(drawing);
  std::size_t first = 0, tensor = 0, weight = 0;
  while (apart(run, first) == 0) ++first;
  const auto &a = run.pair.levels_a, &b = run.pair.levels_b;
  while (a[tensor][first] == b[tensor][first]) ++tensor;
  while (a[tensor][first][weight] == b[tensor][first][weight]) ++weight;
  CHECK_THAT(drawing->alt, Catch::Contains(fmt::format("diverge first at step {}, in {}[{}]", first,
                                                       run.pair.a.tensors[tensor].name, weight)));
  const auto& rows = drawing->data[0].table.rows;
  CHECK(rows.front()[0] == std::to_string(first > 15 ? first - 15 : 0));
  CHECK(rows.back()[0] == std::to_string(std::min<std::size_t>(first + 45, 40)));
  for (const Row& row : rows) {
    const auto step = static_cast<std::size_t>(number_of(row[0]));
    CHECK(number_of(row[1]) == a[tensor][step][weight]);
    CHECK(number_of(row[2]) == b[tensor][step][weight]);
    CHECK(number_of(row[3]) == static_cast<double>(apart(run, step)));
  }
  if (seed == 1) test::check_pictures("first-divergence", *drawing, {"weights on different levels"});
}

TEST_CASE("nothing is drawn of change points that no one recorded", "[figures]") {
  const testing::TemporaryDirectory folder;
  LogWriter writer(folder.file("logs.h5"));
  for (const char* learner : {"a", "b"}) writer.write_batch_loss(learner, std::vector<double>{1, 2});
  writer.close();
  for (const Figure& figure : figure_registry()) {
    CAPTURE(figure.info.name);
    CHECK_FALSE(figure.draw(StoredRun(folder.path())));
  }
}
