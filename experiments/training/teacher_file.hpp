// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "experiments/training/network_inputs.hpp"
#include "sim/training/teachers.hpp"

namespace steq {

struct ReadTeacher {
  std::vector<std::string> files;  ///< all that decides what it is
  std::shared_ptr<const TeacherSetup> setup;
};

/// Equal for those that are the same.
std::string teacher_name(const TeacherConfig& teacher);

/// The network that the config describes, with the weights of its file; or that of the run, with
/// RUN/weights/LEARNER-final.safetensors. `frame` is that of the
/// students; their network has `outputs`. Appends what to tell the user. Throws InputError where the run has no such
/// learner, or where the teacher does not fit images, outputs or file.
ReadTeacher read_teacher(const TeacherConfig& teacher, const NetworkFrame& frame, std::size_t outputs,
                         std::vector<std::string>& remarks);

}  // namespace steq
