// SPDX-License-Identifier: MIT
#include "experiments/training/run_twins.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/sums.hpp"
#include "theory/estimator_facts.hpp"

namespace steq {
namespace {

template <class T>
const WeightTensor<T>* first_quantized(const Learner<T>& learner) {
  for (const WeightTensor<T>& tensor : learner.tensors())
    if (tensor.quantized()) return &tensor;
  return nullptr;
}

/// Sums of squares over weights, in bins.
struct Squares {
  double error = 0, predicted = 0, apart = 0;
  std::size_t weights = 0;
};

double root(double square, std::size_t weights) { return std::sqrt(square / static_cast<double>(weights)); }

/// The twin's own grid would go another way.
template <class T>
bool any_grid_moves(const Learner<T>& learner) {
  return std::ranges::any_of(learner.tensors(), [](const WeightTensor<T>& tensor) {
    return tensor.quantized() && tensor.quantizer().moves();
  });
}

}  // namespace

template <class T>
RunTwins<T>::RunTwins(const std::vector<Learner<T>>& learners, const std::vector<LearnerSetup>& setups, int threads)
    : learners_(learners) {
  for (std::size_t i = 0; i < learners.size(); ++i) {
    const WeightTensor<T>* tensor = first_quantized(learners[i]);
    if (!tensor || straight_through(tensor->estimator()) || any_grid_moves(learners[i])) continue;
    twins_.push_back(std::unique_ptr<PredictedTwin>(
        new PredictedTwin{i,
                          {learners[i], setups[i], i, threads},
                          prediction_obstacles(tensor->estimator(), learners[i].optimizer()),
                          {}}));
    PredictedTwin& followed = *twins_.back();
    if (followed.obstacles.empty()) followed.prediction.emplace(learners[i], followed.twin, i, threads);
  }
}

template <class T>
void RunTwins<T>::observe(std::vector<Observer<T>*>& observers) {
  for (const auto& followed : twins_) {
    if (followed->prediction) observers.push_back(&*followed->prediction);
    observers.push_back(&followed->twin);
  }
}

template <class T>
Json RunTwins<T>::result(const PredictedTwin& followed) const {
  const Learner<T>& learner = learners_[followed.index];
  Squares sum;
  bool random = false;
  for (const std::size_t t : followed.twin.tensors()) {
    const std::vector<double> errors = followed.twin.signed_errors(learner, t);
    const Grid& grid = learner.tensors()[t].quantizer().grid();
    const double bin = grid.delta > 0 ? grid.delta : grid.range;
    const auto squares = [&](const auto& value) {
      return pairwise_sum(0, errors.size(), [&](std::size_t i) { return std::pow(value(i) / bin, 2); });
    };
    sum.weights += errors.size();
    sum.error += squares([&](std::size_t i) { return errors[i]; });
    if (!followed.prediction) continue;
    const auto& predicted = followed.prediction->predicted(t);
    const auto& variance = followed.prediction->variance(t);
    random = random || learner.tensors()[t].estimator().traits().noisy;
    sum.predicted += squares([&](std::size_t i) { return std::hypot(predicted[i], std::sqrt(variance[i])); });
    sum.apart += squares([&](std::size_t i) { return errors[i] - predicted[i]; });
  }
  const bool known = followed.prediction.has_value();
  return {
      {"error", to_json(root(sum.error, sum.weights))},
      {"predicted", known ? to_json(root(sum.predicted, sum.weights)) : Json(nullptr)},
      {"unexplained", known && !random && sum.error > 0 ? to_json(std::sqrt(sum.apart / sum.error)) : Json(nullptr)},
      {"reasons", followed.obstacles}};
}

template <class T>
void RunTwins<T>::save(Json& summary) const {
  for (const auto& followed : twins_)
    summary["learners"][learners_[followed->index].name()]["driven_twin"] = result(*followed);
}

template class RunTwins<float>;
template class RunTwins<double>;

}  // namespace steq
