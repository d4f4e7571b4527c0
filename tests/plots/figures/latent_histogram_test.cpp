// SPDX-License-Identifier: MIT
#include "plots/tables/numbers.hpp"
#include "plots/tables/read_csv.hpp"
#include "tests/plots/figures/two_learners.hpp"

using namespace steq;
using test::TwoLearners;

namespace {

double share_between(const std::vector<double>& weights, double unit, double low, double high) {
  const auto inside = std::ranges::count_if(weights, [&](double w) { return w / unit >= low && w / unit < high; });
  return static_cast<double>(inside) / static_cast<double>(weights.size());
}

}  // namespace

TEST_CASE("every bar is the share of the weights between its edges", "[figures]") {
  const TwoLearners run;
  const Figure& figure = test::figure_named("latent-histogram");
  CHECK_FALSE(figure.draw(run.stored()));
  run.write_weights();
  const auto drawing = figure.draw(run.stored());
  REQUIRE(drawing);
  double initial = 0, final = 0;
  for (const Row& row : drawing->data[0].table.rows) {
    const LearnerTrace& learner = row[1] == "a" ? run.pair.a : run.pair.b;
    const auto tensor = std::ranges::find(learner.tensors, row[2], &TensorTrace::name);
    REQUIRE(tensor != learner.tensors.end());
    const double low = number_of(row[3]), high = low + 1.0 / 16;
    CHECK(number_of(row[4]) == Approx(share_between(tensor->initial, tensor->grid.delta, low, high)));
    CHECK(number_of(row[5]) == Approx(share_between(tensor->final, tensor->grid.delta, low, high)));
    initial += number_of(row[4]), final += number_of(row[5]);
  }
  CHECK(initial == Approx(6));  // three tensors of two learners
  CHECK(final == Approx(6));
  test::check_pictures("latent-histogram", *drawing, {"conv1.weight, a", "fc.weight, b"});
}

TEST_CASE("the histogram says how many weights are near a threshold", "[figures]") {
  const TwoLearners run;
  run.write_weights();
  const auto drawing = test::figure_named("latent-histogram").draw(run.stored());
  const TensorTrace& tensor = run.pair.b.tensors[1];
  const auto near = [&](const std::vector<double>& weights) {
    double count = 0;
    for (const double w : weights)
      for (const double t : tensor.grid.thresholds) count += std::abs(w - t) < tensor.grid.delta / 10;
    return percent(count / static_cast<double>(weights.size()));
  };
  CHECK_THAT(drawing->alt, Catch::Contains(fmt::format(
                               "conv2.weight of b: {} of the weights lie within a tenth of a bin of a threshold at the "
                               "start, {} at the end.",
                               near(tensor.initial), near(tensor.final))));
}
