// SPDX-License-Identifier: MIT
#include "experiments/training/result_files.hpp"

#include "records/safetensors.hpp"
#include "records/tensor_names.hpp"

namespace steq {
namespace {

/// A dataset for each grid parameter of GROUP; `records` is [records, groups, numbers].
void write_numbers(LogWriter& writer, const std::string& group_name, const MovingNumbers& numbers,
                   std::span<const double> records) {
  const std::size_t width = numbers.width(), a_record = numbers.groups() * width;
  std::size_t first = 0;
  for (const GridParameter& info : numbers.infos()) {
    for (std::size_t r = 0; r + a_record <= records.size(); r += a_record) {
      std::vector<double> row;
      for (std::size_t group = 0; group < numbers.groups(); ++group) {
        const auto own = records.subspan(r + group * width + first, info.count);
        row.insert(row.end(), own.begin(), own.end());
      }
      writer.append_grid_parameter(group_name, info.name, row);
    }
    first += info.count;
  }
}

/// Of one grid for the whole tensor; where groups of weights have their own, nobody could draw them in one figure.
template <class T>
void write_thresholds(LogWriter& writer, const std::string& learner, const WeightTensor<T>& tensor,
                      std::span<const double> records) {
  const std::size_t width = tensor.grid().numbers().width();
  if (width == 0 || tensor.grid().groups() != 1) return;
  for (std::size_t r = 0; r + width <= records.size(); r += width)
    if (const std::vector<Grid> grids = tensor.quantizer().grids_at(records.subspan(r, width)); grids.size() == 1)
      writer.append_latent_thresholds(learner, tensor.info().name, grids.front().thresholds);
}

template <class T>
void write_all_numbers(LogWriter& writer, const Learner<T>& learner, std::size_t index,
                       const LatentRecorder<T>& latent) {
  const std::vector<WeightTensor<T>>& tensors = learner.tensors();
  for (std::size_t t = 0; t < tensors.size(); ++t) {
    if (!tensors[t].quantized()) continue;
    write_numbers(writer, log_name(learner.name(), tensors[t].info().name), tensors[t].grid().numbers(),
                  latent.numbers(index, t));
    write_thresholds(writer, learner.name(), tensors[t], latent.numbers(index, t));
  }
  for (std::size_t layer = 0; layer < learner.activations().size(); ++layer)
    write_numbers(writer, log_name(learner.name(), learner.activations()[layer].name()),
                  learner.activations()[layer].numbers(), latent.numbers(index, tensors.size() + layer));
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
    }
    write_all_numbers(writer, learners[i], i, latent);
  }
}

/// Groups of weights have grids of their own.
template <class T>
void write_grid(LogWriter& writer, const std::string& learner, const WeightTensor<T>& tensor) {
  std::vector<Grid> grids;
  for (std::size_t group = 0; group < tensor.grid().groups(); ++group)
    std::ranges::move(tensor.quantizer().grids_at(tensor.grid().of_group(group)), std::back_inserter(grids));
  if (grids.size() == 1) return writer.write_grid(learner, tensor.info().name, grids.front());
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

template <class T>
void add_statistics(TensorFile& file, const Learner<T>& learner, const std::vector<StatisticInfo>& statistics) {
  for (std::size_t s = 0; s < statistics.size(); ++s) {
    const auto values = learner.statistics()[s].span();
    file.tensors.push_back({statistics[s].name, {values.size()}, std::vector<T>(values.begin(), values.end())});
  }
}

void add_numbers(TensorFile& file, const std::string& owner, const MovingNumbers& numbers) {
  for (const auto& [name, values] : numbers.named())
    file.tensors.push_back({owner + std::string(kGridMark) + name, {values.size()}, values});
}

template <class T>
void add_activations(TensorFile& file, const Learner<T>& learner) {
  for (const ActivationQuantizer& quantizer : learner.activations())
    add_numbers(file, quantizer.name(), quantizer.numbers());
}

}  // namespace

template <class T>
void write_weights(const std::string& path, const Learner<T>& learner, const std::vector<StatisticInfo>& statistics) {
  TensorFile file;
  for (const WeightTensor<T>& tensor : learner.tensors()) {
    file.tensors.push_back(
        {tensor.info().name, tensor.info().dims, std::vector<T>(tensor.latent().begin(), tensor.latent().end())});
    if (tensor.quantized()) add_numbers(file, tensor.info().name, tensor.grid().numbers());
  }
  add_statistics(file, learner, statistics);
  add_activations(file, learner);
  write_safetensors(path, file);
}

template <class T>
void write_quantized(const std::string& path, const Learner<T>& learner, const std::vector<const T*>& values,
                     const std::vector<StatisticInfo>& statistics) {
  TensorFile file;
  for (std::size_t t = 0; t < values.size(); ++t) {
    const WeightTensor<T>& tensor = learner.tensors()[t];
    file.tensors.push_back(
        {tensor.info().name, tensor.info().dims, std::vector<T>(values[t], values[t] + tensor.latent().size())});
  }
  add_statistics(file, learner, statistics);
  add_activations(file, learner);
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
template void write_quantized(const std::string&, const Learner<float>&, const std::vector<const float*>&,
                              const std::vector<StatisticInfo>&);
template void write_quantized(const std::string&, const Learner<double>&, const std::vector<const double*>&,
                              const std::vector<StatisticInfo>&);
template void write_logs(LogWriter&, const Recorded<float>&);
template void write_logs(LogWriter&, const Recorded<double>&);

}  // namespace steq
