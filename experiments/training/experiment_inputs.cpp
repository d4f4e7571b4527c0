// SPDX-License-Identifier: MIT
#include "experiments/training/experiment_inputs.hpp"

#include <algorithm>

#include "experiments/training/initial_file.hpp"
#include "experiments/training/pixel_ties.hpp"
#include "sim/data/data_remarks.hpp"
#include "sim/nn/graph_builder.hpp"

namespace steq {
namespace {

/// Limits that ask for more than there is are mistakes in the config; what is wrong with a file is told of the file.
DataSplits load_data(const ExperimentConfig& config) {
  try {
    return dataset_registry().make(config.data.dataset, "data", config.seed);
  } catch (const InputError& error) {
    std::vector<Problem> problems = error.problems();
    for (Problem& problem : problems)
      if (config.data.dataset.values.contains(problem.place)) problem.place = config.place("data." + problem.place);
    throw InputError(std::move(problems));
  }
}

/// Numbers in units of 0 to 255 are easily given by mistake.
void require_of_pixels(const Numbers& numbers, const std::string& place) {
  for (const double number : numbers)
    if (number < 0 || number > 1)
      throw InputError(place, fmt::format("{} is not allowed for pixels / 255; allowed: numbers in [0, 1]", number));
}

/// The images, as networks see them.
void normalize(const ExperimentConfig& config, DataSplits& data) {
  const auto& [of_dataset, given] = config.data.normalize;
  const Normalization numbers = of_dataset ? normalization_of(data.train) : given;
  if (!numbers.mean.empty() && numbers.mean.size() != data.train.image.channels)
    throw InputError("data.normalize", fmt::format("{} numbers are not allowed; allowed: {}, one a channel",
                                                   numbers.mean.size(), data.train.image.channels));
  if (!data.train.is_real()) {
    require_of_pixels(numbers.mean, "data.normalize.mean");
    require_of_pixels(numbers.deviation, "data.normalize.std");
  }
  data.train.normalization = data.test.normalization = numbers;
}

/// A layer that keeps statistics divides by the standard deviation of its batch, which one value does not have.
void check_norms(const ExperimentConfig& config, const ModelSpec& model) {
  const Graph<double> graph = GraphBuilder<double>::build(model);
  for (const Node<double>& node : graph.nodes) {
    const SampleShape& input = graph.buffers[node.input];
    if (node.statistic_count == 0 || config.batch_size * input.height * input.width > 1) continue;
    const std::string& statistic = graph.statistics[node.first_statistic].name;
    throw InputError("batch_size", fmt::format("{} is not allowed: in training the norm {} would see one value a "
                                               "channel, which has no variance; allowed: at least 2",
                                               config.batch_size, statistic.substr(0, statistic.rfind('.'))));
  }
}

NetworkFrame frame_of(const ExperimentConfig& config, const ExperimentInputs& inputs) {
  return {.data = inputs.data, .dataset = config.data.dataset.name, .seed = config.seed};
}

void build_network(const ExperimentConfig& config, ExperimentInputs& inputs) {
  static_cast<NetworkInputs&>(inputs) = network_inputs(config.model, frame_of(config, inputs));
  check_norms(config, inputs.model);
}

void read_weights(const ExperimentConfig& config, ExperimentInputs& inputs) {
  for (const LearnerConfig& learner : config.learners)
    if (const std::string& file = learner.init.file; !file.empty() && !inputs.files.contains(file))
      inputs.files.emplace(file, read_initial_file(file, inputs, inputs.remarks));
}

void read_teachers(const ExperimentConfig& config, ExperimentInputs& inputs) {
  for (std::size_t i = 0; i < config.learners.size(); ++i) {
    const std::optional<TeacherConfig>& teacher = config.learners[i].loss.teacher;
    if (!teacher || inputs.teachers.contains(teacher_name(*teacher))) continue;
    NetworkFrame frame = frame_of(config, inputs);
    frame.place = config.place(fmt::format("learners[{}].loss.teacher", i));
    inputs.teachers.emplace(teacher_name(*teacher), read_teacher(*teacher, frame, inputs.outputs, inputs.remarks));
  }
}

void check_batch_size(const ExperimentConfig& config, const DataSplits& data) {
  if (config.batch_size > data.train.size())
    throw InputError("batch_size",
                     fmt::format("{} is not allowed; allowed: an integer in [1, {}], the number of training images",
                                 config.batch_size, data.train.size()));
}

/// In full precision sums are seldom 0.
bool has_levels(const LearnerConfig& learner) { return learner.quantizer.name != "none"; }

void add_data_remarks(const ExperimentConfig& config, ExperimentInputs& inputs) {
  std::vector<std::string>& all = inputs.remarks;
  all.insert(all.end(), inputs.data.remarks.begin(), inputs.data.remarks.end());
  for (std::string& remark : data_remarks(inputs.data)) all.push_back(std::move(remark));
  if (std::ranges::none_of(config.learners, has_levels)) return;
  if (const auto ties = pixel_ties(inputs.model, inputs.data.train)) all.push_back(*ties);
}

}  // namespace

ExperimentInputs load_inputs(const ExperimentConfig& config) {
  ExperimentInputs inputs;
  inputs.data = load_data(config);
  std::vector<Problem> problems;
  collect(problems, [&] { check_batch_size(config, inputs.data); });
  collect(problems, [&] { normalize(config, inputs.data); });
  collect(problems, [&] { build_network(config, inputs); });
  for (Problem& problem : problems) problem.place = config.place(problem.place);
  throw_if_any(problems);
  read_weights(config, inputs);
  read_teachers(config, inputs);
  add_data_remarks(config, inputs);
  return inputs;
}

std::shared_ptr<const TeacherSetup> ExperimentInputs::teacher(const LossConfig& loss) const {
  return loss.teacher ? teachers.at(teacher_name(*loss.teacher)).setup : nullptr;
}

std::vector<std::string> ExperimentInputs::weights_files() const {
  std::vector<std::string> all;
  for (const auto& [file, values] : files) all.push_back(file);
  for (const auto& [name, teacher] : teachers) all.insert(all.end(), teacher.files.begin(), teacher.files.end());
  return all;
}

std::size_t total_steps(const ExperimentConfig& config, const ExperimentInputs& inputs) {
  if (config.steps) return *config.steps;
  return *config.epochs * (inputs.data.train.size() / config.batch_size);
}

}  // namespace steq
