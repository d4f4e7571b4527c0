// SPDX-License-Identifier: MIT
// The execution plan of a network and its memory, walked through symbolically: whatever an operation reads must be
// there.
#include <catch2/catch.hpp>
#include <set>

#include "sim/models/model.hpp"
#include "sim/nn/batch_plan.hpp"
#include "sim/nn/graph_builder.hpp"
#include "sim/nn/memory_plan.hpp"
#include "sim/nn/rewrites.hpp"
#include "tests/sim/nn/small_networks.hpp"

using namespace steq;

namespace {

using GraphF = Graph<float>;

/// What a region holds: which array, and how many of the layers that write to it have done so.
struct Content {
  std::size_t buffer;
  std::size_t version;
  bool operator==(const Content&) const = default;
};

/// The memory of one micro-batch, or of one strip where regions are transient.
class Memory {
 public:
  Memory(const MemoryPlan& plan, const GraphF& graph) : plan_(plan), held_(plan.regions.size()) {
    for (std::size_t b = 0; b < graph.buffers.size(); ++b)
      if (plan.region[b] < held_.size()) CHECK(plan.regions[plan.region[b]].sample >= graph.buffers[b].size());
  }

  void write(std::size_t buffer, std::size_t version) { held_.at(plan_.region[buffer]) = {{buffer, version}}; }
  void expect(std::size_t buffer, std::size_t version) {
    wrong_ += held_.at(plan_.region[buffer]) != Content{buffer, version};
  }
  void end_stretch() {
    for (std::size_t r = 0; r < held_.size(); ++r)
      if (plan_.regions[r].transient) held_[r].reset();
  }
  std::size_t wrong() const { return wrong_; }

 private:
  const MemoryPlan& plan_;
  std::vector<std::optional<Content>> held_;
  std::size_t wrong_ = 0;
};

class PlanWalk {
 public:
  explicit PlanWalk(const GraphF& graph) : PlanWalk(graph, plan_execution(graph)) {}
  PlanWalk(const GraphF& graph, ExecutionPlan plan)
      : graph_(graph),
        execution_plan_(std::move(plan)),
        value_plan_(plan_value_memory(graph, execution_plan_)),
        gradient_plan_(plan_gradient_memory(graph, execution_plan_)),
        values_(value_plan_, graph),
        gradients_(gradient_plan_, graph) {}

  /// Things that an operation would have read and that were not there.
  std::size_t faults() {
    values_.write(0, 1);
    for_each_stretch(execution_plan_, [&](const Stretch& stretch) { walk(stretch); });
    values_.write(0, 1);
    for (const Stretch& stretch : execution_plan_.evaluation) walk(stretch);
    values_.expect(graph_.output, writers_before(graph_.output, graph_.nodes.size()));
    return values_.wrong() + gradients_.wrong();
  }

  /// As if no gradient outlived its stretch.
  void take_gradients_for_transient() {
    for (Region& region : gradient_plan_.regions) region.transient = true;
  }

  const ExecutionPlan& execution_plan() const { return execution_plan_; }
  const MemoryPlan& value_plan() const { return value_plan_; }

 private:
  std::size_t writers_before(std::size_t buffer, std::size_t node) const {
    std::size_t count = buffer == 0;
    for (std::size_t k = 0; k < node; ++k) count += graph_.nodes[k].output == buffer;
    return count;
  }
  void expect_input(std::size_t buffer, std::size_t node) { values_.expect(buffer, writers_before(buffer, node)); }

  void walk(const Stretch& stretch) {
    if (stretch.by_strips) CHECK((1 <= stretch.strip && stretch.strip <= kStrip));
    for (const Operation& operation : stretch.operations) walk(operation);
    values_.end_stretch();
    gradients_.end_stretch();
  }

  void walk(const Operation& operation) {
    const std::size_t k = operation.node;
    const Node<float>& node = graph_.nodes[k];
    switch (operation.phase) {
      case Phase::collect_forward:
        return expect_input(node.input, k);
      case Phase::forward:
        expect_input(node.input, k);
        if (node.second) expect_input(*node.second, k);
        return values_.write(node.output, writers_before(node.output, k) + 1);
      case Phase::loss:
        values_.expect(graph_.output, writers_before(graph_.output, graph_.nodes.size()));
        return gradients_.write(graph_.output, 1);
      case Phase::collect_backward:
        expect_input(node.input, k);
        return gradients_.expect(node.output, 1);
      case Phase::backward:
        return backward(k);
    }
  }

  void backward(std::size_t k) {
    const Node<float>& node = graph_.nodes[k];
    gradients_.expect(node.output, 1);
    const bool in_place = node.input == node.output;
    if (node.layer->traits().reads_output) expect_input(node.output, graph_.nodes.size());
    if (node.layer->traits().reads_input) expect_input(node.input, graph_.nodes.size());
    begin_gradient(node.input, in_place || execution_plan_.adds_first[k]);
    if (node.second) begin_gradient(*node.second, execution_plan_.adds_second[k]);
  }

  void begin_gradient(std::size_t buffer, bool there) {
    if (!execution_plan_.needs_gradient[buffer]) return;
    if (there)
      gradients_.expect(buffer, 1);
    else
      gradients_.write(buffer, 1);
  }

  const GraphF& graph_;
  ExecutionPlan execution_plan_;
  MemoryPlan value_plan_, gradient_plan_;
  Memory values_, gradients_;
};

GraphF graph_of(const ModelSpec& model, Fusions fusions = Fusions::all) {
  GraphF graph = GraphBuilder<float>::build(model);
  return fusions == Fusions::all ? rewrite(std::move(graph)) : std::move(graph);
}

ModelSpec named(const std::string& name, const SampleShape& image) {
  return model_registry().make(parse_spec(name, "model"), "model", image, 10);
}

std::size_t transient_count(const ExecutionPlan& plan) {
  return static_cast<std::size_t>(std::count(plan.transient.begin(), plan.transient.end(), true));
}

}  // namespace

TEST_CASE("every operation finds what it reads", "[nn]") {
  const auto check = [](const std::string& name, const ModelSpec& model) {
    for (const Fusions fusions : {Fusions::all, Fusions::none}) {
      INFO(name << ", fused: " << (fusions == Fusions::all));
      const GraphF graph = graph_of(model, fusions);
      CHECK(PlanWalk(graph).faults() == 0);
    }
  };
  check("nested", test::nested_residual().model);
  for (const test::SmallNetwork& network : test::small_networks()) check(network.name, network.model);
  for (const std::string& name : model_registry().names()) check(name, named(name, {3, 32, 32}));
}

TEST_CASE("the walk notices what is missing", "[nn]") {
  const GraphF graph = graph_of(named("resnet20", {3, 32, 32}));
  ExecutionPlan forgetful = plan_execution(graph);  // does not make transient values again
  bool backward = false;
  for (Segment& segment : forgetful.training)
    for (Stretch& stretch : segment) {
      if (backward) std::erase_if(stretch.operations, [](const Operation& o) { return o.phase == Phase::forward; });
      backward = backward || stretch.operations.back().phase == Phase::loss;
    }
  CHECK(PlanWalk(graph, forgetful).faults() > 0);
  ExecutionPlan careless = plan_execution(graph);  // takes more for transient than is
  careless.transient.assign(graph.buffers.size(), true);
  CHECK(PlanWalk(graph, careless).faults() > 0);
  PlanWalk short_lived(graph);
  short_lived.take_gradients_for_transient();
  CHECK(short_lived.faults() > 0);
}

TEST_CASE("between two convolutions of a block, what norm and relu make is not stored", "[nn]") {
  const GraphF graph = graph_of(named("resnet20", {3, 32, 32}));
  const PlanWalk walk(graph);
  const ExecutionPlan& plan = walk.execution_plan();
  // One in each of 9 blocks, and the norms of the 2 shortcuts that are not the identity.
  CHECK(transient_count(plan) == 11);
  std::set<std::size_t> regions;
  for (std::size_t b = 0; b < graph.buffers.size(); ++b)
    if (plan.transient[b]) regions.insert(walk.value_plan().region[b]);
  CHECK(regions.size() < 4);
}

TEST_CASE("a network without norms stores everything", "[nn]") {
  const GraphF graph = graph_of(named("lenet5", {1, 28, 28}));
  CHECK(transient_count(PlanWalk(graph).execution_plan()) == 0);
}

TEST_CASE("the larger the arrays, the shorter the strips", "[nn]") {
  for (const std::size_t side : {16, 32, 64, 128}) {
    const ModelSpec model{{4, side, side},
                          test::layers({"conv2d:name=c,out=32,kernel=3,padding=1", "global_avg_pool2d", "flatten",
                                        "dense:name=d,out=3"})};
    const ExecutionPlan plan = plan_execution(graph_of(model));
    const std::size_t expected = std::clamp<std::size_t>(kStripValues / (32 * side * side), 1, kStrip);
    CHECK(plan.evaluation.front().strip == expected);
  }
}

TEST_CASE("the plan that docs/architecture.md draws", "[nn]") {
  const GraphF graph = graph_of(
      {{2, 4, 4},
       test::layers({"conv2d:name=c,out=3,kernel=3", "batch_norm2d:name=n", "relu", "flatten", "dense:name=d,out=3"})});
  std::string drawn;
  for (const Segment& segment : plan_execution(graph).training) {
    drawn += "segment:";
    for (const Stretch& stretch : segment) {
      drawn += stretch.by_strips ? " strips" : " whole";
      for (const Operation& o : stretch.operations)
        drawn += fmt::format(" {}{}", std::vector{"c", "f", "l", "C", "B"}[static_cast<std::size_t>(o.phase)], o.node);
    }
    drawn += "\n";
  }
  CHECK(drawn ==
        "segment: strips f0 c1\n"
        "segment: strips f1 f2 f3 whole f4 whole l0 whole B4 strips B3 f1 f2 B2 C1\n"
        "segment: strips B1 B0\n");
}
