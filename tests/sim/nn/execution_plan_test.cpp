// SPDX-License-Identifier: MIT
// The program of a network and its memory, walked through symbolically: whatever an operation reads must be there.
#include <catch2/catch.hpp>
#include <set>

#include "sim/models/model.hpp"
#include "sim/nn/batch_plan.hpp"
#include "sim/nn/memory_plan.hpp"
#include "tests/sim/nn/small_networks.hpp"

using namespace steq;

namespace {

using GraphF = Graph<float>;

/// What a place holds: which array, and how many of the layers that write to it have done so.
struct Content {
  std::size_t buffer;
  std::size_t version;
  bool operator==(const Content&) const = default;
};

/// The memory of one tile, or of one strip where places are transient.
class Memory {
 public:
  Memory(const MemoryPlan& plan, const GraphF& graph) : plan_(plan), held_(plan.places.size()) {
    for (std::size_t b = 0; b < graph.buffers.size(); ++b)
      if (plan.place[b] < held_.size()) CHECK(plan.places[plan.place[b]].sample >= graph.buffers[b].size());
  }

  void write(std::size_t buffer, std::size_t version) { held_.at(plan_.place[buffer]) = {{buffer, version}}; }
  void expect(std::size_t buffer, std::size_t version) {
    wrong_ += held_.at(plan_.place[buffer]) != Content{buffer, version};
  }
  void end_run() {
    for (std::size_t p = 0; p < held_.size(); ++p)
      if (plan_.places[p].transient) held_[p].reset();
  }
  std::size_t wrong() const { return wrong_; }

 private:
  const MemoryPlan& plan_;
  std::vector<std::optional<Content>> held_;
  std::size_t wrong_ = 0;
};

class Walk {
 public:
  explicit Walk(const GraphF& graph) : Walk(graph, plan_program(graph)) {}
  Walk(const GraphF& graph, Program program)
      : graph_(graph),
        program_(std::move(program)),
        value_plan_(place_values(graph, program_)),
        gradient_plan_(place_gradients(graph, program_)),
        values_(value_plan_, graph),
        gradients_(gradient_plan_, graph) {}

  /// Things that an operation would have read and that were not there.
  std::size_t faults() {
    values_.write(0, 1);
    for_each_run(program_, [&](const Run& run) { walk(run); });
    values_.write(0, 1);
    for (const Run& run : program_.evaluation) walk(run);
    values_.expect(graph_.output, writers_before(graph_.output, graph_.nodes.size()));
    return values_.wrong() + gradients_.wrong();
  }

  /// As if no gradient outlived its run.
  void take_gradients_for_transient() {
    for (Place& place : gradient_plan_.places) place.transient = true;
  }

  const Program& program() const { return program_; }
  const MemoryPlan& value_plan() const { return value_plan_; }

 private:
  std::size_t writers_before(std::size_t buffer, std::size_t node) const {
    std::size_t count = buffer == 0;
    for (std::size_t k = 0; k < node; ++k) count += graph_.nodes[k].output == buffer;
    return count;
  }
  void expect_input(std::size_t buffer, std::size_t node) { values_.expect(buffer, writers_before(buffer, node)); }

  void walk(const Run& run) {
    if (run.by_strips) CHECK((1 <= run.strip && run.strip <= kStrip));
    for (const Operation& operation : run.operations) walk(operation);
    values_.end_run();
    gradients_.end_run();
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
    if (node.layer->reads_output()) expect_input(node.output, graph_.nodes.size());
    if (node.layer->reads_input()) expect_input(node.input, graph_.nodes.size());
    begin_gradient(node.input, in_place || program_.adds_first[k]);
    if (node.second) begin_gradient(*node.second, program_.adds_second[k]);
  }

  void begin_gradient(std::size_t buffer, bool there) {
    if (!program_.needs_gradient[buffer]) return;
    if (there)
      gradients_.expect(buffer, 1);
    else
      gradients_.write(buffer, 1);
  }

  const GraphF& graph_;
  Program program_;
  MemoryPlan value_plan_, gradient_plan_;
  Memory values_, gradients_;
};

GraphF graph_of(const ModelSpec& model) { return GraphBuilder<float>::build(model); }

ModelSpec named(const std::string& name, const Shape& image) {
  return model_registry().make(parse_spec(name, "model"), "model", image, 10);
}

std::size_t transient_count(const Program& program) {
  return static_cast<std::size_t>(std::count(program.transient.begin(), program.transient.end(), true));
}

}  // namespace

TEST_CASE("every operation finds what it reads", "[nn]") {
  const GraphF nested = graph_of(test::nested_residual().model);
  CHECK(Walk(nested).faults() == 0);
  for (const test::SmallNetwork& network : test::small_networks()) {
    INFO(network.name);
    const GraphF graph = graph_of(network.model);
    CHECK(Walk(graph).faults() == 0);
  }
  for (const std::string& name : model_registry().names()) {
    INFO(name);
    const GraphF graph = graph_of(named(name, {3, 32, 32}));
    CHECK(Walk(graph).faults() == 0);
  }
}

TEST_CASE("the walk notices what is missing", "[nn]") {
  const GraphF graph = graph_of(named("resnet20", {3, 32, 32}));
  Program forgetful = plan_program(graph);  // does not make transient values again
  bool backward = false;
  for (Segment& segment : forgetful.training)
    for (Run& run : segment) {
      if (backward) std::erase_if(run.operations, [](const Operation& o) { return o.phase == Phase::forward; });
      backward = backward || run.operations.back().phase == Phase::loss;
    }
  CHECK(Walk(graph, forgetful).faults() > 0);
  Program careless = plan_program(graph);  // takes more for transient than is
  careless.transient.assign(graph.buffers.size(), true);
  CHECK(Walk(graph, careless).faults() > 0);
  Walk short_lived(graph);
  short_lived.take_gradients_for_transient();
  CHECK(short_lived.faults() > 0);
}

TEST_CASE("between two convolutions of a block, what norm and relu make is not stored", "[nn]") {
  const GraphF graph = graph_of(named("resnet20", {3, 32, 32}));
  const Walk walk(graph);
  const Program& program = walk.program();
  // One in each of 9 blocks, and the norms of the 2 shortcuts that are not the identity.
  CHECK(transient_count(program) == 11);
  std::set<std::size_t> places;
  for (std::size_t b = 0; b < graph.buffers.size(); ++b)
    if (program.transient[b]) places.insert(walk.value_plan().place[b]);
  CHECK(places.size() < 4);
}

TEST_CASE("a network without norms stores everything", "[nn]") {
  const GraphF graph = graph_of(named("lenet5", {1, 28, 28}));
  CHECK(transient_count(Walk(graph).program()) == 0);
}

TEST_CASE("the larger the arrays, the shorter the strips", "[nn]") {
  for (const std::size_t side : {16, 32, 64, 128}) {
    const ModelSpec model{{4, side, side},
                          test::layers({"conv2d:name=c,out=32,kernel=3,padding=1", "global_avg_pool2d", "flatten",
                                        "dense:name=d,out=3"})};
    const Program program = plan_program(graph_of(model));
    const std::size_t expected = std::clamp<std::size_t>(kStripValues / (32 * side * side), 1, kStrip);
    CHECK(program.evaluation.front().strip == expected);
  }
}
