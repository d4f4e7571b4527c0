// SPDX-License-Identifier: MIT
// Configs of "kind": "study": variants of a training experiment, each with every seed, and what to make of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiments/config/config.hpp"

namespace steq {

/// One training run of a variant, but for the seed.
struct StudyStage {
  std::string name;  ///< empty where the variant is no chain
  Json document;     ///< a config, with every change applied
};

/// One training experiment of a study, or a chain of them that follow each other.
struct StudyVariant {
  std::string name;
  std::vector<StudyStage> stages;  ///< at least one

  bool is_chain() const { return !stages.front().name.empty(); }
  bool is_last(const StudyStage& stage) const { return &stage == &stages.back(); }
  /// "VARIANT/STAGE" in a chain, else "VARIANT".
  std::string name_of(const StudyStage& stage) const { return is_chain() ? name + "/" + stage.name : name; }
};

struct StudyConfig {
  std::string file;  ///< or preset, where it was read, for messages
  std::string name, description;
  bool quick = false;
  std::vector<std::uint64_t> seeds;
  std::vector<StudyVariant> variants;
  Json tables = Json::array();     ///< [{"name", "caption", "columns": [{"title", "of": PAIR}], "rows", "layout"}]
  Json figure = nullptr;           ///< {"type", ...} of plots/studies, or null
  Json published = Json::array();  ///< known figures: [{"row", "of": PAIR, "value", "citation"}]
  Json expect = Json::array();     ///< what must come out, see expectations.hpp
};

/// How a study is to be run.
struct StudyForm {
  bool quick = false;                    ///< with the changes of "quick": small networks on drawn data
  std::optional<std::string> data{};     ///< directory of data files, or of a folder for each dataset
  std::optional<std::uint32_t> seeds{};  ///< 1 .. this many, in place of the config's
  std::vector<std::string> overrides{};  ///< PATH=VALUE, applied to every variant last
};

/// Checks the whole document and every stage of every variant, as read_config() does. A PAIR, "VARIANT: A / B",
/// "VARIANT/STAGE: A / B" or "VARIANT: A / other seed", must be one that the study measures; of those that the quick form
/// leaves out it drops the columns. Throws InputError with every problem.
StudyConfig read_study(const Json& document, const std::string& file, const StudyForm& form);

/// The training experiment of a stage with one seed; files of earlier stages are called stage:NAME/LEARNER.
ExperimentConfig stage_config(const StudyConfig& study, const StudyVariant& variant, const StudyStage& stage,
                              std::uint64_t seed);

/// That of the variant, or of its last stage.
ExperimentConfig variant_config(const StudyConfig& study, const StudyVariant& variant, std::uint64_t seed);

/// A study that needs nothing but itself: reading it again gives the same.
Json resolved(const StudyConfig& study);

}  // namespace steq
