// SPDX-License-Identifier: MIT
#include "sim/training/teachers.hpp"

#include <algorithm>
#include <map>

namespace steq {
namespace {

template <class T>
std::vector<Buffer<T>> buffers(const TensorValues& values) {
  std::vector<Buffer<T>> all;
  for (const std::vector<double>& tensor : values) {
    Buffer<T>& buffer = all.emplace_back(tensor.size());
    std::ranges::transform(tensor, buffer.data(), [](double x) { return static_cast<T>(x); });
  }
  return all;
}

}  // namespace

template <class T>
Teachers<T>::Teacher::Teacher(const TeacherSetup& setup, std::size_t batch_size, int threads)
    : network(setup.model, batch_size, threads),
      weights(buffers<T>(setup.weights)),
      statistics(buffers<T>(setup.statistics)),
      logits(batch_size * network.classes()) {}

template <class T>
LearnerArrays<T> Teachers<T>::Teacher::arrays() {
  LearnerArrays<T> made;
  for (const Buffer<T>& tensor : weights) made.values.push_back(tensor.data());
  made.statistics = pointers(statistics);
  return made;
}

template <class T>
Teachers<T>::Teachers(const TeacherOfLearner& of, std::size_t batch_size, int threads) {
  std::map<std::shared_ptr<const TeacherSetup>, Teacher*> known{{nullptr, nullptr}};
  for (const auto& setup : of) {
    if (!known.contains(setup)) {
      teachers_.push_back(std::make_unique<Teacher>(*setup, batch_size, threads));
      known[setup] = teachers_.back().get();
    }
    teacher_of_.push_back(known[setup]);
  }
}

template <class T>
void Teachers<T>::see(const Batch& batch) {
  for (const auto& teacher : teachers_) teacher->network.evaluate(batch, teacher->arrays(), teacher->logits);
}

template <class T>
const T* Teachers<T>::logits(std::size_t learner) const {
  return teacher_of_[learner] ? teacher_of_[learner]->logits.data() : nullptr;
}

template <class T>
std::vector<T> Teachers<T>::logits(std::size_t learner, const Dataset& data) {
  Teacher* teacher = teacher_of_[learner];
  if (!teacher) return {};
  std::vector<T> logits(data.size() * teacher->network.classes());
  teacher->network.evaluate(data, teacher->arrays(), logits);
  return logits;
}

template class Teachers<float>;
template class Teachers<double>;

}  // namespace steq
