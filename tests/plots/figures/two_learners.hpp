// SPDX-License-Identifier: MIT
// A small run directory of two random learners, a and its STE equivalent b, of which everything is known.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>

#include "plots/figures/draw_figures.hpp"
#include "records/log_file.hpp"
#include "records/safetensors.hpp"
#include "tests/experiments/temporary_directory.hpp"
#include "tests/sim/metrics/random_pair.hpp"

namespace steq::test {

/// What a.mapped holds for a final weight w of a; not the true M, so that the files are told apart.
inline double pretended_map(double w) { return 0.5 * w; }

class TwoLearners {
 public:
  explicit TwoLearners(unsigned seed = 1) : pair(seed, 16) {
    LogWriter writer((directory_.path() / "logs.h5").string());
    for (const LearnerTrace* learner : {&pair.a, &pair.b})
      for (const TensorTrace& tensor : learner->tensors) {
        writer.write_grid(learner->name, tensor.name, tensor.grid);
        writer.write_change_points(learner->name, tensor.name, *tensor.log);
      }
    writer.close();
    testing::put(directory_.path() / "summary.json",
                 R"({"name": "two", "steps": 40, "learners": {"a": {}, "b": {}},
                     "comparisons": [{"a": "a", "b": "b", "map": "M", "kind": "equivalent"}]})");
  }

  void write_weights() const {
    std::filesystem::create_directory(path() / "weights");
    for (const LearnerTrace* learner : {&pair.a, &pair.b}) {
      write(learner->name + "-initial", *learner, &TensorTrace::initial, [](double w) { return w; });
      write(learner->name + "-final", *learner, &TensorTrace::final, [](double w) { return w; });
    }
    write("a-mapped", pair.a, &TensorTrace::final, pretended_map);
  }

  void write_table(const std::string& name, const std::string& text) const {
    std::filesystem::create_directory(path() / "tables");
    testing::put(path() / "tables" / (name + ".csv"), text);
  }

  const std::filesystem::path& path() const { return directory_.path(); }
  StoredRun stored() const { return StoredRun(path()); }

  RandomPair pair;

 private:
  template <class Change>
  void write(const std::string& file, const LearnerTrace& learner, std::vector<double> TensorTrace::*weights,
             const Change& change) const {
    TensorFile out;
    for (const TensorTrace& tensor : learner.tensors) {
      std::vector<double> values = tensor.*weights;
      std::ranges::transform(values, values.begin(), change);
      out.tensors.push_back({tensor.name, {values.size()}, values});
    }
    write_safetensors((path() / "weights" / (file + ".safetensors")).string(), out);
  }

  testing::TemporaryDirectory directory_;
};

inline const Figure& figure_named(const std::string& name) {
  const auto& all = figure_registry();
  const auto found = std::ranges::find_if(all, [&](const Figure& figure) { return figure.info.name == name; });
  REQUIRE(found != all.end());
  return *found;
}

/// Draws it and, where gnuplot is installed, looks at both pictures.
inline void check_pictures(const std::string& name, const Drawing& drawing, const std::vector<std::string>& texts) {
  const testing::TemporaryDirectory folder;
  const Json entry = draw_figure(folder.path(), figure_named(name).info, drawing);
  if (!std::filesystem::exists(folder.path() / (name + ".svg"))) {
    WARN("gnuplot is not installed: not tested");
    return;
  }
  const std::string svg = testing::get(folder.path() / (name + ".svg"));
  CHECK_THAT(svg, Catch::Contains("</svg>"));
  for (const std::string& text : texts) CHECK_THAT(svg, Catch::Contains(text));
  CHECK(std::filesystem::file_size(folder.path() / (name + ".pdf")) > 1000);
}

}  // namespace steq::test
