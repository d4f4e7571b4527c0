// SPDX-License-Identifier: MIT
#include "sim/training/cohort.hpp"

#include <algorithm>

#include "sim/core/sums.hpp"

namespace steq {
namespace {

template <class Losses>
double mean_loss(const Losses& losses) {
  return pairwise_sum(0, losses.size(), [&](std::size_t i) { return losses[i].loss; }) /
         static_cast<double>(losses.size());
}

template <class Losses>
double accuracy(const Losses& losses) {
  std::size_t correct = 0;
  for (const SampleLoss& sample : losses) correct += sample.correct;
  return static_cast<double>(correct) / static_cast<double>(losses.size());
}

TeacherOfLearner teachers_of(const std::vector<LearnerSetup>& learners) {
  TeacherOfLearner all;
  for (const LearnerSetup& setup : learners) all.push_back(setup.teacher);
  return all;
}

}  // namespace

template <class T>
Cohort<T>::Cohort(const ModelSpec& model, const Dataset& data, const std::vector<LearnerSetup>& learners,
                  const CohortSettings& settings)
    : model_(model),
      settings_(settings),
      data_(&data),
      network_(model, settings.batch_size, settings.threads),
      batches_(data.size(), settings.batch_size, settings.seed, settings.shuffle),
      teachers_(teachers_of(learners), settings.batch_size, settings.threads),
      leader_(learners.size(), 0),
      losses_(settings.batch_size) {
  for (const TensorInfo& tensor : network_.tensors()) gradients_.emplace_back(tensor.size());
  for (const LearnerSetup& setup : learners)
    learners_.emplace_back(setup, LearnerFrame{network_.tensors(), network_.statistics(), network_.activations(),
                                               static_cast<Step>(steps_per_epoch())});
  begin_activations();
}

template <class T>
Network<T>& Cohort<T>::unfused() {
  if (!unfused_)
    unfused_ = std::make_unique<Network<T>>(model_, settings_.batch_size, settings_.threads, Fusions::none);
  return *unfused_;
}

/// The passes that measure the first batch leave no trace in the statistics, and any loss will do for them.
template <class T>
void Cohort<T>::begin_activations() {
  for (Learner<T>& learner : learners_) {
    if (!learner.waits()) continue;
    const Batch batch = next_batch();
    learner.begin(batch.samples.size(), [&](LearnerArrays<T> arrays) {
      std::vector<Buffer<T>> statistics;
      for (std::size_t s = 0; s < arrays.statistics.size(); ++s) {
        statistics.emplace_back(network_.statistics()[s].size);
        std::copy_n(arrays.statistics[s], statistics[s].size(), statistics[s].data());
      }
      arrays.statistics = pointers(statistics);
      arrays.gradients = pointers(gradients_);
      arrays.loss = &cross_entropy_loss();
      network_of(learner).train(batch, arrays, losses_);
    });
  }
}

template <class T>
Batch Cohort<T>::next_batch() {
  const std::span<const std::uint32_t> samples = batches_.at(step_);
  views_.clear();
  const auto epoch = static_cast<std::uint32_t>(step_ / steps_per_epoch());
  if (settings_.augmentation)
    for (const std::uint32_t sample : samples) views_.push_back(settings_.augmentation(settings_.seed, epoch, sample));
  return {data_, samples, views_};
}

template <class T>
bool Cohort<T>::may_share_pass(std::size_t i, std::size_t k) const {
  const Learner<T>&a = learners_[i], &b = learners_[k];
  return settings_.share_passes && !a.rounds_otherwise() && !b.rounds_otherwise() && teachers_.same(i, k) &&
         a.same_network(b);
}

/// Once two learners have diverged they are not compared again, so the comparison costs nothing from then on.
template <class T>
void Cohort<T>::find_equal_learners() {
  for (std::size_t i = 0; i < learners_.size(); ++i) {
    std::size_t& leader = leader_[i];
    while (leader < i && (leader_[leader] != leader || !may_share_pass(i, leader))) ++leader;
  }
}

template <class T>
BatchResult Cohort<T>::train(std::size_t learner, const Batch& batch) {
  LearnerArrays<T> arrays = learners_[learner].training_arrays(step_ + 1, batch.samples.size());
  arrays.gradients = pointers(gradients_);
  arrays.teacher = teachers_.logits(learner);
  network_of(learners_[learner]).train(batch, arrays, losses_);
  return {mean_loss(losses_), accuracy(losses_)};
}

template <class T>
void Cohort<T>::step(std::span<Observer<T>* const> observers) {
  const Batch batch = next_batch();
  teachers_.see(batch);
  find_equal_learners();
  Lockstep<T> lockstep(learners_, observers, {step_ + 1, static_cast<Step>(settings_.steps), settings_.threads});
  for (std::size_t leader = 0; leader < learners_.size(); ++leader) {
    if (leader_[leader] != leader) continue;
    const BatchResult result = train(leader, batch);
    for (std::size_t i = leader; i < learners_.size(); ++i) {
      if (leader_[i] != leader) continue;
      if (i != leader) learners_[i].copy_pass(learners_[leader]);
      lockstep.update(i, gradients_, result);
    }
  }
  lockstep.settle();
  ++step_;
  lockstep.tell();
}

template <class T>
void Cohort<T>::run(std::span<Observer<T>* const> observers, const std::atomic<bool>& stop) {
  while (step_ < settings_.steps && !stop) step(observers);
}

template <class T>
Evaluation Cohort<T>::evaluate(std::size_t learner, const Dataset& data, Forward forward) {
  const std::size_t classes = network_.classes();
  std::vector<T> logits(data.size() * classes);
  network_of(learners_[learner]).evaluate(data, learners_[learner].evaluation_arrays(step_, forward), logits);
  const std::vector<T> taught = teachers_.logits(learner, data);
  const auto of_sample = [&](const std::vector<T>& all, std::size_t i) {
    return all.empty() ? std::span<const T>() : std::span(all).subspan(i * classes, classes);
  };
  std::vector<SampleLoss> losses(data.size());
  for (std::size_t i = 0; i < data.size(); ++i)
    losses[i] =
        learners_[learner].loss().of(of_sample(logits, i), {data.labels[i], of_sample(taught, i)}, std::span<T>(), 0);
  return {mean_loss(losses), accuracy(losses), std::vector<double>(logits.begin(), logits.end())};
}

template <class T>
std::vector<ActivationHistogram> Cohort<T>::activation_histograms(std::size_t learner, const Dataset& data) {
  std::vector<ActivationHistogram> histograms;
  for (const ActivationQuantizer& quantizer : learners_[learner].activations())
    if (const auto grid = quantizer.grid()) histograms.emplace_back(*grid);
  if (histograms.empty()) return histograms;
  LearnerArrays<T> arrays = learners_[learner].evaluation_arrays(step_, Forward::hard);
  for (std::size_t i = 0; i < histograms.size(); ++i) arrays.activations[i].histogram = &histograms[i];
  std::vector<T> logits(data.size() * network_.classes());
  network_of(learners_[learner]).evaluate(data, arrays, logits);
  return histograms;
}

template class Cohort<float>;
template class Cohort<double>;

}  // namespace steq
