// SPDX-License-Identifier: MIT
// How far what one would deploy points away from the latent weights, and whether layers answer alike with both.
#include <algorithm>
#include <numeric>

#include "sim/training/cohort.hpp"
#include "sim/training/unit_correlation.hpp"

namespace steq {
namespace {

/// Enough for a correlation, and of a large test set but a part.
constexpr std::size_t kSamplesOfGeometry = 1000, kSamplesAtOnce = 50;

template <class T>
std::vector<std::size_t> quantized_tensors(const Learner<T>& learner) {
  std::vector<std::size_t> all;
  for (std::size_t t = 0; t < learner.tensors().size(); ++t)
    if (learner.tensors()[t].quantized()) all.push_back(t);
  return all;
}

/// Outputs of the layers of those tensors, with what one would deploy and with one tensor's latent weights.
template <class T>
class LayerProbe {
 public:
  LayerProbe(Network<T>& network, LearnerArrays<T> deployed, const std::vector<std::size_t>& tensors)
      : network_(network), deployed_(std::move(deployed)), tensors_(tensors), outputs_(network.tensors().size()) {
    for (const std::size_t t : tensors) correlations_.emplace_back(network.output_of(t).channels);
    logits_.resize(kSamplesAtOnce * network.classes());
  }

  void look(const Batch& batch, const std::vector<const T*>& latent) {
    const std::vector<std::vector<T>> hard = outputs(batch, deployed_, tensors_);
    for (std::size_t i = 0; i < tensors_.size(); ++i) {
      LearnerArrays<T> arrays = deployed_;
      arrays.values[tensors_[i]] = latent[tensors_[i]];
      const std::vector<std::vector<T>> soft = outputs(batch, arrays, {tensors_[i]});
      correlations_[i].add(std::span<const T>(hard[i]), std::span<const T>(soft[0]));
    }
  }
  std::optional<double> correlation(std::size_t i) const { return correlations_[i].mean(); }

 private:
  std::vector<std::vector<T>> outputs(const Batch& batch, LearnerArrays<T> arrays,
                                      const std::vector<std::size_t>& tensors) {
    std::vector<std::vector<T>> made;
    std::vector<T*> places(outputs_, nullptr);
    for (const std::size_t t : tensors) made.emplace_back(batch.samples.size() * network_.output_of(t).size());
    for (std::size_t i = 0; i < tensors.size(); ++i) places[tensors[i]] = made[i].data();
    arrays.pre_activations = places;
    network_.evaluate(batch, arrays, std::span(logits_).first(batch.samples.size() * network_.classes()));
    return made;
  }

  Network<T>& network_;
  LearnerArrays<T> deployed_;
  const std::vector<std::size_t>& tensors_;
  std::size_t outputs_;
  std::vector<UnitCorrelation> correlations_;
  std::vector<T> logits_;
};

}  // namespace

template <class T>
std::vector<TensorGeometry> Cohort<T>::geometry(std::size_t index, const Dataset& data) {
  Learner<T>& learner = learners_[index];
  const std::vector<std::size_t> tensors = quantized_tensors(learner);
  if (tensors.empty()) return {};
  const LearnerArrays<T> deployed = learner.evaluation_arrays(step_, Forward::hard);
  std::vector<const T*> latent;
  for (const WeightTensor<T>& tensor : learner.tensors()) latent.push_back(tensor.latent().data());
  LayerProbe<T> probe(unfused(), deployed, tensors);
  std::vector<std::uint32_t> samples(std::min(data.size(), kSamplesOfGeometry));
  std::iota(samples.begin(), samples.end(), 0);
  for (std::size_t first = 0; first < samples.size(); first += kSamplesAtOnce)
    probe.look({&data, std::span(samples).subspan(first, std::min(kSamplesAtOnce, samples.size() - first))}, latent);
  std::vector<TensorGeometry> all;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const WeightTensor<T>& tensor = learner.tensors()[tensors[i]];
    const std::span<const T> values(deployed.values[tensors[i]], tensor.latent().size());
    all.push_back({tensor.info().name, tensor.info().fan_in,
                   mean_geometry(std::span<const T>(tensor.latent()), values, tensor.info().shape().rows),
                   probe.correlation(i)});
  }
  return all;
}

template std::vector<TensorGeometry> Cohort<float>::geometry(std::size_t, const Dataset&);
template std::vector<TensorGeometry> Cohort<double>::geometry(std::size_t, const Dataset&);

}  // namespace steq
