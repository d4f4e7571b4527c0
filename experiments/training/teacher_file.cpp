// SPDX-License-Identifier: MIT
#include "experiments/training/teacher_file.hpp"

#include <algorithm>
#include <filesystem>

#include "experiments/config/config_keys.hpp"
#include "experiments/training/initial_file.hpp"
#include "records/files.hpp"
#include "records/json_text.hpp"

namespace steq {
namespace {

namespace fs = std::filesystem;

std::string config_of(const TeacherConfig& teacher) { return (fs::path(teacher.run) / "config.json").string(); }

/// What is wrong with the file is told of the teacher.
StartingValues read_weights(const std::string& file, const std::string& place, const NetworkInputs& network,
                            std::vector<std::string>& remarks) {
  try {
    return read_initial_file(file, network, remarks);
  } catch (const InputError& error) {
    std::vector<Problem> problems = error.problems();
    for (Problem& problem : problems) problem.place = place + ": " + problem.place;
    throw InputError(std::move(problems));
  }
}

/// Throws InputError where `run` is none, or has not trained that learner.
ModelConfig model_of_run(const TeacherConfig& teacher, const std::string& place) {
  const std::string file = config_of(teacher);
  if (std::error_code error; !fs::is_regular_file(file, error))
    throw InputError(place + ".run", fmt::format("{} is no directory of a run (it has no config.json)", teacher.run));
  const ExperimentConfig config = read_config(parse_json(read_file(file), file), file);
  std::vector<std::string> names;
  for (const LearnerConfig& learner : config.learners) names.push_back(learner.name);
  if (std::ranges::find(names, teacher.learner) == names.end())
    throw InputError(place + ".learner", fmt::format("\"{}\" is not allowed; allowed: {}{}", teacher.learner,
                                                     join(names), suggestion(teacher.learner, names)));
  return config.model;
}

std::string weights_of(const TeacherConfig& teacher) {
  if (teacher.run.empty()) return teacher.file;
  return (fs::path(teacher.run) / "weights" / (teacher.learner + "-final.safetensors")).string();
}

}  // namespace

std::string teacher_name(const TeacherConfig& teacher) {
  const Json model = teacher.run.empty() ? written_model(teacher.model) : Json();
  return Json{weights_of(teacher), model}.dump();
}

ReadTeacher read_teacher(const TeacherConfig& teacher, const NetworkFrame& frame, std::size_t outputs,
                         std::vector<std::string>& remarks) {
  const ModelConfig model = teacher.run.empty() ? teacher.model : model_of_run(teacher, frame.place);
  NetworkFrame own = frame;
  own.place += ".model";
  NetworkInputs network = network_inputs(model, own);
  if (network.outputs != outputs)
    throw InputError(frame.place, fmt::format("has {} outputs; allowed: {}, as the network that it teaches",
                                              network.outputs, outputs));
  std::vector<std::string> files{weights_of(teacher)};
  if (!teacher.run.empty()) files.push_back(config_of(teacher));
  StartingValues values = read_weights(files[0], frame.place, network, remarks);
  return {std::move(files), std::make_shared<const TeacherSetup>(TeacherSetup{
                                std::move(network.model), std::move(values.weights), std::move(values.statistics)})};
}

}  // namespace steq
