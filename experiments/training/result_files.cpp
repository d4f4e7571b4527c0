// SPDX-License-Identifier: MIT
#include "experiments/training/result_files.hpp"

#include "records/log_file.hpp"
#include "records/safetensors.hpp"

namespace steq {
namespace {

template <class T>
void write_latent(LogWriter& writer, const std::vector<Learner<T>>& learners, const LatentRecorder<T>& latent) {
  for (std::size_t i = 0; i < learners.size(); ++i) {
    for (const Step step : latent.steps()) writer.append_latent_step(learners[i].name(), step);
    for (std::size_t t = 0; t < learners[i].tensors().size(); ++t) {
      const WeightTensor<T>& tensor = learners[i].tensors()[t];
      const std::span<const T> records = latent.latent(i, t);
      for (std::size_t r = 0; tensor.quantized() && r < latent.steps().size(); ++r)
        writer.append_latent(learners[i].name(), tensor.info().name,
                             records.subspan(r * tensor.latent().size(), tensor.latent().size()));
    }
  }
}

}  // namespace

template <class T>
void write_weights(const std::string& path, const Learner<T>& learner, const std::vector<StatisticInfo>& statistics) {
  TensorFile file;
  for (const WeightTensor<T>& tensor : learner.tensors())
    file.tensors.push_back(
        {tensor.info().name, tensor.info().dims, std::vector<T>(tensor.latent().begin(), tensor.latent().end())});
  for (std::size_t s = 0; s < statistics.size(); ++s) {
    const auto values = learner.statistics()[s].span();
    file.tensors.push_back({statistics[s].name, {values.size()}, std::vector<T>(values.begin(), values.end())});
  }
  write_safetensors(path, file);
}

template <class T>
void write_logs(const std::string& path, const std::vector<Learner<T>>& learners, const LossRecorder<T>& losses,
                const ChangeRecorder<T>* changes, const LatentRecorder<T>* latent) {
  LogWriter writer(path);
  for (std::size_t i = 0; i < learners.size(); ++i) {
    const auto& tensors = learners[i].tensors();
    for (std::size_t t = 0; changes && t < tensors.size(); ++t)
      if (tensors[t].quantized())
        writer.write_change_points(learners[i].name(), tensors[t].info().name, changes->logs(i)[t]);
    writer.write_batch_loss(learners[i].name(), losses.losses(i));
  }
  if (latent) write_latent(writer, learners, *latent);
  writer.close();
}

template void write_weights(const std::string&, const Learner<float>&, const std::vector<StatisticInfo>&);
template void write_weights(const std::string&, const Learner<double>&, const std::vector<StatisticInfo>&);
template void write_logs(const std::string&, const std::vector<Learner<float>>&, const LossRecorder<float>&,
                         const ChangeRecorder<float>*, const LatentRecorder<float>*);
template void write_logs(const std::string&, const std::vector<Learner<double>>&, const LossRecorder<double>&,
                         const ChangeRecorder<double>*, const LatentRecorder<double>*);

}  // namespace steq
