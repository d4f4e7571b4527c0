// SPDX-License-Identifier: MIT
// "record": {"driven_twins": true}: how far each learner's estimator alone takes it from its STE equivalent, beside
// what theory predicts to leading order.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "records/json_values.hpp"
#include "theory/predictions/twin_prediction.hpp"

namespace steq {

template <class T>
class RunTwins {
 public:
  /// For every learner whose estimator is not the STE itself.
  RunTwins(const std::vector<Learner<T>>& learners, const std::vector<LearnerSetup>& setups, int threads);

  void observe(std::vector<Observer<T>*>& observers);

  /// When training is over: learners.NAME.driven_twin = {"error": root mean square of M(w) - w_twin over all quantized
  /// weights, in bins, "predicted": the same of the prediction, "unexplained": root mean square of the difference over
  /// that of the error, "reasons": why there is no prediction}; null where there is none, "unexplained" also where
  /// factors are random and only a size is predicted.
  void save(Json& summary) const;

 private:
  struct PredictedTwin {
    std::size_t index;
    DrivenTwin<T> twin;
    std::vector<std::string> obstacles;
    std::optional<TwinPrediction<T>> prediction;
  };

  Json result(const PredictedTwin& followed) const;

  const std::vector<Learner<T>>& learners_;
  std::vector<std::unique_ptr<PredictedTwin>> twins_;
};

}  // namespace steq
