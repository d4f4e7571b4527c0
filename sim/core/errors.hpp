// SPDX-License-Identifier: MIT
// The closed list of errors that the library throws. Only main() prints them and chooses exit codes.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace steq {

/// One thing wrong with the input: where it stands, and what was found and what is allowed there.
struct Problem {
  std::string place;
  std::string text;
};

/// Bad input (config, command line, data file, weights file): every problem found, not just the first.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Problem> problems);
  InputError(std::string place, std::string text);
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::vector<Problem> problems_;
};

/// Runs `work` and appends what an InputError of its says.
template <class Work>
void collect(std::vector<Problem>& problems, const Work& work) {
  try {
    work();
  } catch (const InputError& error) {
    problems.insert(problems.end(), error.problems().begin(), error.problems().end());
  }
}

/// Throws InputError where there is a problem.
void throw_if_any(const std::vector<Problem>& problems);

/// The operating system refused to read or write (permissions, full disk).
class IoError : public std::runtime_error {
 public:
  IoError(const std::string& path, const std::string& text);
};

/// A NaN or an infinity appeared in a learner; step is the number of updates done, 0 before the first.
class NumericalError : public std::runtime_error {
 public:
  NumericalError(std::uint32_t step, std::string learner, std::string tensor, const std::string& text);
  std::uint32_t step() const { return step_; }
  const std::string& learner() const { return learner_; }
  const std::string& tensor() const { return tensor_; }

 private:
  std::uint32_t step_;
  std::string learner_;
  std::string tensor_;
};

/// The caller broke a function's stated domain (an argument outside its range, a missing closed form).
class DomainError : public std::domain_error {
 public:
  using std::domain_error::domain_error;
};

}  // namespace steq
