// SPDX-License-Identifier: MIT
#include "theory/estimator_graph.hpp"

#include <catch2/catch.hpp>

#include "tests/recipes.hpp"

using namespace steq;

namespace {

EstimatorGraph graph(const std::string& spec, const std::string& grid, const GraphAxis& axis = {}) {
  const auto quantizer = test::quantizer(grid);
  return estimator_graph(*test::estimator(spec, quantizer->grid()), *quantizer, axis);
}

std::vector<std::string> labels(const EstimatorGraph& graph) {
  std::vector<std::string> labels;
  for (const EstimatorGraph::Curve& curve : graph.q) labels.push_back(curve.label);
  return labels;
}

}  // namespace

TEST_CASE("a graph shows q, both staircases and M over the range", "[theory]") {
  const EstimatorGraph dsq = graph("dsq", "uniform:bits=2,range=0.5", {.steps = 24});
  REQUIRE(dsq.w.size() == 25);
  CHECK((dsq.w.front() == -1.2 && dsq.w.back() == Approx(1.2) && dsq.w[12] == 0));
  CHECK(labels(dsq) == std::vector<std::string>{"q(w)"});
  CHECK(dsq.q[0].y[12] == Approx(2.224292).margin(1e-6));
  CHECK(dsq.q[0].y[0] == 0);  // masked
  CHECK(dsq.hard[24] == 1);
  CHECK(dsq.soft[24] == Approx(1));
  CHECK(dsq.map.size() == 25);
  REQUIRE(dsq.levels.size() == 4);
  CHECK(dsq.levels[2] == Approx(1.0 / 3));
  const EstimatorGraph bin = graph("dsq", "uniform:bits=2,range=0.5", {.periods = 0.5, .steps = 2});
  REQUIRE(bin.w.size() == 3);
  CHECK((bin.w[0] == Approx(-1.0 / 3) && bin.w[1] == 0 && bin.w[2] == Approx(1.0 / 3)));
}

TEST_CASE("where more than the weight decides, the graph shows what it comes to", "[theory]") {
  const EstimatorGraph ewgs = graph("ewgs:delta=0.4", "sign:range=1", {.periods = 0.5, .steps = 4});
  CHECK(labels(ewgs) == std::vector<std::string>{"gradient > 0", "gradient < 0"});
  CHECK(ewgs.q[0].y[3] == Approx(1 - 0.1));  // w = 0.5: a quarter of the spacing below its level
  CHECK(ewgs.q[1].y[3] == Approx(1 + 0.1));
  CHECK(ewgs.map.empty());
  const EstimatorGraph own = graph("formula:q=1+0.1*g", "sign:range=1", {.periods = 0.5, .steps = 4});
  CHECK(labels(own) == labels(ewgs));
  CHECK((own.q[0].y[2] == Approx(1.1) && own.q[1].y[2] == Approx(0.9)));
  CHECK(labels(graph("stochastic-ste", "sign")) == std::vector<std::string>{"mean", "most", "least"});
  CHECK(labels(graph("magnitude-aware", "sign")).size() == 3);
}
