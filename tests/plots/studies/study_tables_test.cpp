// SPDX-License-Identifier: MIT
#include "plots/studies/study_tables.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "plots/studies/paired_comparisons.hpp"
#include "plots/studies/study_cell.hpp"
#include "plots/studies/study_noise_floor.hpp"
#include "plots/studies/study_values.hpp"
#include "study_example.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using testing::Json;
using testing::study_example;

TEST_CASE("a cell is the median over the seeds and their range; a run that diverged says when") {
  const Json study = study_example();
  CHECK(study_cell(study, "low: q / ste", "quantized_weight_agreement") == "0.750 [0.500, 0.875]");
  CHECK(study_cell(study, "low: q / ste", "first_divergence") == "3 [2, 4], 1 never");
  CHECK(study_cell(study, "low: q / jitter", "first_divergence") == "9");
  CHECK(study_cell(study, "low: q / ste", "no_such_metric") == "undefined");
  CHECK(study_cell(study, "high: q / ste", "quantized_weight_agreement") == "diverged at step 7");
  CHECK(study_cell(study, "none: q / ste", "quantized_weight_agreement") == "-");
}

TEST_CASE("a published figure stands beside ours, with the difference, and its source below that table alone") {
  Json study = study_example();
  study["tables"].push_back({{"name", "other"}, {"columns", {{{"title", "High"}, {"of", "high: q / ste"}}}}});
  CHECK_THAT(to_text(study_tables(study)[0].table), !Catch::Contains("ublished"));
  study["published"] = {
      {{"of", "low: q / ste"}, {"row", "quantized_weight_agreement"}, {"value", 0.5}, {"citation", "Somebody"}}};
  CHECK(study_cell(study, "low: q / ste", "quantized_weight_agreement") ==
        "0.750 [0.500, 0.875] (published 0.500, +0.25)");
  CHECK_THAT(to_text(study_tables(study)[0].table), Catch::Contains("Published: Somebody"));
  CHECK_THAT(to_text(study_tables(study)[1].table), !Catch::Contains("ublished"));
}

TEST_CASE("the note on seeds is that of the cells above it") {
  Json study = study_example();
  const auto notes = [&](const char* pair) {
    study["tables"][0]["columns"] = {{{"title", "x"}, {"of", pair}}};
    return study_tables(study)[0].table.notes;
  };
  CHECK(notes("low: q / ste") ==
        std::vector<std::string>{"Median [min, max] over 3 seeds; one number where all agree."});
  CHECK(notes("low: q / jitter") == std::vector<std::string>{"Seed 1."});
  Json control = study["measurements"][0];
  control["kind"] = "other-seed";
  control["of"] = "low: q / other seed";
  study["measurements"].push_back(control);
  CHECK(notes("low: q / other seed") == std::vector<std::string>{"Other seed: one pair of seeds."});
}

TEST_CASE("numbers keep the digits that tell them from 0 and from 1") {
  CHECK(rounded(0.5) == "0.500");
  CHECK(rounded(0.99913) == "0.99913");
  CHECK(rounded(0.00123) == "0.0012");
  CHECK(rounded(1.5e-7) == "1.5e-07");
  CHECK(rounded(1 - 1e-9) == ">0.999999");
  CHECK(rounded(1) == "1");
  CHECK(rounded(123456789) == "1.235e+08");
  CHECK(rounded(94.44444) == "94.444");
}

TEST_CASE("the median of an even number of values is the mean of the two in the middle") {
  CHECK(spread_of({4, 1, 3, 2})->median == 2.5);
  CHECK(spread_of({3, 1, 2})->median == 2);
  CHECK_FALSE(spread_of({}));
}

TEST_CASE("tables have metrics or pairs as rows, the paper's first") {
  Json study = study_example();
  const Table metrics = study_tables(study)[0].table;
  CHECK(metrics.header == Row{"metric", "Default", "High"});
  CHECK(metrics.rows[0] == Row{"quantized_weight_agreement", "0.750 [0.500, 0.875]", "diverged at step 7"});
  study["tables"][0]["layout"] = "pairs";
  const Table pairs = study_tables(study)[0].table;
  CHECK(pairs.header == Row{"pair", "quantized_weight_agreement", "first_divergence"});
  CHECK(pairs.rows[0] == Row{"Default", "0.750 [0.500, 0.875]", "3 [2, 4], 1 never"});
  study["tables"][0].erase("rows");
  const Table all = study_tables(study)[0].table;
  CHECK(all.header[1] == "change_point_sequence_agreement");
  CHECK(all.header.back() == "first_divergence");
}

TEST_CASE("every value of every cell has a row of sources, with its run") {
  const Table sources = study_sources(study_example());
  REQUIRE(sources.rows.size() == 8);
  CHECK(sources.rows[1] == Row{"t", "quantized_weight_agreement", "Default", "2", "0.875", "runs/low-seed-2"});
  CHECK(sources.rows[5] == Row{"t", "first_divergence", "Default", "2", "null", "runs/low-seed-2"});
}

TEST_CASE("the noise floor of a study is that of its medians") {
  const Table floor = study_noise_floor(study_example());
  REQUIRE(floor.rows.size() == 4);
  CHECK(floor.header == Row{"comparison", "measure", "divergence", "1 % jitter", "times jitter", "verdict"});
  CHECK(floor.rows[0] ==
        Row{"low: q / ste", "different levels (share)", "0.25", "0.125", "2.0", "above jitter: 2.0 times"});
  CHECK(floor.rows[2].back() == "undefined");
  REQUIRE(floor.notes.size() == 2);
  CHECK(floor.notes[0] == "Median [min, max] over 3 seeds; one number where all agree.");
  CHECK_THAT(floor.notes[1], Catch::StartsWith("There is no rounding control"));
}

TEST_CASE("tables are written in three formats, with their sources") {
  const testing::TemporaryDirectory directory;
  std::filesystem::create_directory(directory.path() / "tables");
  std::ofstream(directory.path() / "tables" / "earlier.csv") << "of another form of the study";
  Json study = study_example();
  study["comparisons"] = paired_comparisons(study);
  write_study_tables(study, directory.path());
  CHECK_FALSE(std::filesystem::exists(directory.path() / "tables" / "earlier.csv"));
  for (const char* file :
       {"t.csv", "t.md", "t.tex", "noise-floor.csv", "noise-floor.md", "noise-floor.tex", "paired.csv", "sources.csv"})
    CHECK(std::filesystem::is_regular_file(directory.path() / "tables" / file));
  CHECK_THAT(testing::get(directory.path() / "tables" / "t.tex"), Catch::Contains("\\label{tab:example-t}"));
  CHECK_FALSE(std::filesystem::exists(directory.path() / "tables" / "expectations.csv"));
}

TEST_CASE("a table without rows is not written") {
  const testing::TemporaryDirectory directory;
  Json study = study_example();
  study["measurements"] = {study["measurements"][3]};
  REQUIRE(study["measurements"][0]["b"] == "jitter");
  study["comparisons"] = paired_comparisons(study);
  write_study_tables(study, directory.path());
  CHECK(std::filesystem::exists(directory.path() / "tables" / "t.csv"));
  CHECK_FALSE(std::filesystem::exists(directory.path() / "tables" / "noise-floor.csv"));
}
