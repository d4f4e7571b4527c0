// SPDX-License-Identifier: MIT
#include "experiments/training/result_files.hpp"

#include "records/safetensors.hpp"

namespace steq {
namespace {

/// A dataset for each grid parameter.
template <class T>
void write_numbers(LogWriter& writer, const std::string& learner, const WeightTensor<T>& tensor,
                   std::span<const double> numbers, std::size_t records) {
  const std::vector<GridParameter>& infos = tensor.grid().infos();
  const std::size_t groups = tensor.grid().groups();
  std::vector<double> row(groups);
  for (std::size_t i = 0; i < infos.size(); ++i)
    for (std::size_t r = 0; r < records; ++r) {
      for (std::size_t group = 0; group < groups; ++group)
        row[group] = numbers[(r * groups + group) * infos.size() + i];
      writer.append_grid_parameter(log_name(learner, tensor.info().name), infos[i].name, row);
    }
}

template <class T>
void write_latent(LogWriter& writer, const std::vector<Learner<T>>& learners, const LatentRecorder<T>& latent) {
  for (std::size_t i = 0; i < learners.size(); ++i) {
    for (const Step step : latent.steps()) writer.append_latent_step(learners[i].name(), step);
    for (std::size_t t = 0; t < learners[i].tensors().size(); ++t) {
      const WeightTensor<T>& tensor = learners[i].tensors()[t];
      const std::span<const T> records = latent.latent(i, t);
      for (std::size_t r = 0; tensor.info().quantize && r < latent.steps().size(); ++r)
        writer.append_latent(learners[i].name(), tensor.info().name,
                             records.subspan(r * tensor.latent().size(), tensor.latent().size()));
      if (tensor.quantized())
        write_numbers(writer, learners[i].name(), tensor, latent.numbers(i, t), latent.steps().size());
    }
  }
}

/// Groups of weights have grids of their own.
template <class T>
void write_grid(LogWriter& writer, const std::string& learner, const WeightTensor<T>& tensor) {
  if (tensor.grid().groups() == 1) return writer.write_grid(learner, tensor.info().name, tensor.current_grid());
  std::vector<Grid> grids;
  for (std::size_t group = 0; group < tensor.grid().groups(); ++group)
    grids.push_back(tensor.quantizer().grid_at(tensor.grid().of_group(group)));
  writer.write_grids(learner, tensor.info().name, grids);
}

template <class T>
void write_tensor(LogWriter& writer, const std::string& learner, const WeightTensor<T>& tensor,
                  const ChangePointLog* log) {
  const std::string& name = tensor.info().name;
  write_grid(writer, learner, tensor);
  writer.write_path_length(learner, name, tensor.path_length());
  if (log) writer.write_change_points(learner, name, *log);
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
void write_logs(LogWriter& writer, const Recorded<T>& recorded) {
  for (std::size_t i = 0; i < recorded.learners.size(); ++i) {
    const Learner<T>& learner = recorded.learners[i];
    for (std::size_t t = 0; t < learner.tensors().size(); ++t)
      if (learner.tensors()[t].quantized())
        write_tensor(writer, learner.name(), learner.tensors()[t],
                     recorded.changes ? &recorded.changes->logs(i)[t] : nullptr);
    writer.write_batch_loss(learner.name(), recorded.losses.losses(i));
    writer.write_logits(learner.name(), recorded.results[i].trace.logits);
  }
  if (!recorded.results.empty()) writer.write_labels(recorded.results[0].trace.labels);
  if (recorded.latent) write_latent(writer, recorded.learners, *recorded.latent);
  writer.close();
}

template void write_weights(const std::string&, const Learner<float>&, const std::vector<StatisticInfo>&);
template void write_weights(const std::string&, const Learner<double>&, const std::vector<StatisticInfo>&);
template void write_logs(LogWriter&, const Recorded<float>&);
template void write_logs(LogWriter&, const Recorded<double>&);

}  // namespace steq
