// SPDX-License-Identifier: MIT
// Configs of "kind": "study": variants of a training experiment, each with every seed, and what to make of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiments/config/config.hpp"

namespace steq {

/// One training experiment of a study, but for the seed.
struct StudyVariant {
  std::string name;
  Json document;  ///< a config, with every change applied
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

/// Checks the whole document and every variant of it, as read_config() does. A PAIR, "VARIANT: A / B" or "VARIANT: A /
/// other seed", must be one that the study measures; of those that the quick form leaves out it drops the columns.
StudyConfig read_study(const Json& document, const std::string& file, const StudyForm& form);

/// The training experiment of a variant with one seed.
ExperimentConfig variant_config(const StudyConfig& study, const StudyVariant& variant, std::uint64_t seed);

/// The pairs that a study measures, as it names them.
std::vector<std::string> measured_pairs(const StudyConfig& study);

/// A study that needs nothing but itself: reading it again gives the same.
Json resolved(const StudyConfig& study);

}  // namespace steq
