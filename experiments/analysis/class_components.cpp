// SPDX-License-Identifier: MIT
// Of a network that classifies two planes (dataset `planes`): every neuron's weights are split along the planes. own is
// the mean norm, over the neurons that vote for a class, of the component in that class's plane, other that of the
// component in the other plane; least_growth is the smallest change of an own component since the row before.
#include <cmath>
#include <numbers>

#include "experiments/analysis/run_table.hpp"
#include "plots/tables/numbers.hpp"

namespace steq::analysis {
namespace {

struct Components {
  double own, other;
};

/// w = a e1 + b v2 + c e3 + d e4 with v2 = sin(theta) e2 + cos(theta) e3: the norms in the planes (e1, v2), (e3, e4).
Components split(const double* w, double theta, bool first_class) {
  const double b = w[1] / std::sin(theta), c = w[2] - b * std::cos(theta);
  const double first = std::hypot(w[0], b), second = std::hypot(c, w[3]);
  return first_class ? Components{first, second} : Components{second, first};
}

void add_rows(Table& table, const AnalysedRun& run, const std::string& learner, const std::string& tensor,
              double theta) {
  const LogReader& logs = run.stored().logs();
  const std::vector<Step> steps = logs.latent_steps(learner);
  const std::vector<double> latent = logs.latent(learner, tensor);
  const std::size_t weights = steps.empty() ? 0 : latent.size() / steps.size(), neurons = weights / 4;
  std::vector<double> before;
  for (std::size_t r = 0; r < steps.size(); ++r) {
    std::vector<double> own;
    double other = 0, sum = 0, growth = INFINITY;
    for (std::size_t j = 0; j < neurons; ++j) {
      const Components parts = split(&latent[r * weights + 4 * j], theta, j < neurons / 2);
      own.push_back(parts.own), sum += parts.own, other += parts.other;
      if (r > 0) growth = std::min(growth, parts.own - before[j]);
    }
    const auto count = static_cast<double>(neurons);
    table.rows.push_back(
        {learner, fmt::format("{}", steps[r]), cell(sum / count), cell(other / count), r > 0 ? cell(growth) : ""});
    before = std::move(own);
  }
}

/// The hidden layer: the one tensor that is recorded, with four inputs.
std::optional<Table> make_class_components(const AnalysedRun& run) {
  if (!run.config() || run.config()->data.dataset.name != "planes") return std::nullopt;
  const double theta = std::get<double>(run.config()->data.dataset.values.at("theta")) * std::numbers::pi / 180;
  Table table{.caption = "", .header = {"learner", "step", "own", "other", "least_growth"}, .rows = {}};
  for (const LearnerConfig& learner : run.config()->learners)
    for (const StoredTensor& tensor : run.stored().weight_tensors(learner.name, "initial"))
      if (tensor.shape.size() == 2 && tensor.shape[1] == 4 &&
          run.stored().logs().has("/" + learner.name + "/" + tensor.name + "/latent"))
        add_rows(table, run, learner.name, tensor.name, theta);
  return table.rows.empty() ? std::nullopt : std::optional(table);
}

}  // namespace

RunTable class_components() { return {"class-components", make_class_components}; }

}  // namespace steq::analysis
