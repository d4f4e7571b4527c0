// SPDX-License-Identifier: MIT
#include "experiments/config/config_keys.hpp"
#include "experiments/config/key_kinds.hpp"
#include "sim/nn/loss.hpp"

namespace steq {
namespace {

constexpr const char* kTwoWays = "{\"model\", \"file\"} or {\"run\", \"learner\"}";

bool of_file(const TeacherConfig& teacher) { return teacher.run.empty(); }
bool of_run(const TeacherConfig& teacher) { return !of_file(teacher); }

Key<TeacherConfig> model_of_teacher() {
  KeyInfo info = model_info("network of the teacher's weights in file, by name or layer by layer");
  info.required = false;
  return written_when<TeacherConfig>(
      {.info = std::move(info),
       .read =
           [](const ConfigNode& object, TeacherConfig& teacher) {
             if (object.has("model")) read_model(object.at("model"), teacher.model);
           },
       .write = [](const TeacherConfig& teacher, Json& object) { object["model"] = written_model(teacher.model); }},
      of_file);
}

Key<TeacherConfig> text_of_teacher(const std::string& name, Kind kind, const std::string& meaning,
                                   std::string TeacherConfig::*member, bool (*when)(const TeacherConfig&)) {
  return written_when<TeacherConfig>(
      value_key({.name = name, .kind = kind, .fallback = Value(""), .meaning = meaning}, member), when);
}

void check_teacher(const ConfigNode& node, TeacherConfig&) {
  const auto given = [&](const char* key) { return node.has(key) && node.json.at(key) != ""; };
  const bool file = given("model") && given("file"), run = given("run") && given("learner");
  const bool either = given("model") || given("file"), other = given("run") || given("learner");
  if ((file && !other) || (run && !either)) return;
  node.report(fmt::format("is incomplete, or says more than one thing; allowed: {}", kTwoWays));
}

const KeyTable<TeacherConfig>& teacher_keys() {
  using T = TeacherConfig;
  static const KeyTable<T> table{
      .keys = {model_of_teacher(),
               text_of_teacher("file", Kind::path,
                               "safetensors file with the teacher's weights; in stages of a study also "
                               "stage:NAME/LEARNER",
                               &T::file, of_file),
               text_of_teacher("run", Kind::path, "directory of a run, in place of model and file", &T::run, of_run),
               text_of_teacher("learner", Kind::text, "learner of that run, as training left it", &T::learner, of_run)},
      .check = check_teacher};
  return table;
}

Key<LossConfig> teacher_key() {
  const KeyHead head{.name = "teacher", .meaning = "the frozen network of a loss that needs one; it runs unquantized"};
  Key<LossConfig> key = section_key<LossConfig, TeacherConfig>(head, teacher_keys(), nullptr);
  key.info.allowed = kTwoWays;
  key.info.required = false;
  key.read = [](const ConfigNode& object, LossConfig& loss) {
    loss.teacher.reset();
    if (object.has("teacher")) read_table(object.at("teacher"), teacher_keys(), loss.teacher.emplace());
  };
  key.write = [](const LossConfig& loss, Json& object) {
    if (loss.teacher) object["teacher"] = write_table(teacher_keys(), *loss.teacher);
  };
  key.copy = copier(&LossConfig::teacher);
  return key;
}

void check_loss(const ConfigNode& node, LossConfig& loss) {
  const bool needs = needs_teacher(loss.rule.name);
  if (needs && !loss.teacher) node.at("teacher").refuse(kTwoWays);
  if (!needs && loss.teacher && !loss.rule.name.empty())
    node.at("teacher").report(fmt::format("the loss {} has none; allowed: no such key", loss.rule.name));
}

}  // namespace

const KeyTable<LossConfig>& loss_keys() {
  static const KeyTable<LossConfig> table{.keys = {teacher_key()},
                                          .name_key = "type",
                                          .plugins = catalogue(loss_registry()),
                                          .plugin = &LossConfig::rule,
                                          .check = check_loss};
  return table;
}

}  // namespace steq
