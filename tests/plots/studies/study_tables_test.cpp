// SPDX-License-Identifier: MIT
#include "plots/studies/study_tables.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "plots/studies/study_cell.hpp"
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

TEST_CASE("a published figure stands beside ours, with the difference; where there is none the table says so") {
  Json study = study_example();
  CHECK_THAT(to_text(study_tables(study)[0].table), Catch::Contains("Published figures: not available."));
  study["published"] = {
      {{"of", "low: q / ste"}, {"row", "quantized_weight_agreement"}, {"value", 0.5}, {"citation", "Somebody"}}};
  CHECK(study_cell(study, "low: q / ste", "quantized_weight_agreement") ==
        "0.750 [0.500, 0.875] (published 0.500, +0.25)");
  CHECK_THAT(to_text(study_tables(study)[0].table),
             Catch::Contains("Published: Somebody") && !Catch::Contains("not available"));
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
  CHECK(floor.rows[0] ==
        Row{"low: q / ste", "different levels (share)", "0.25", "-", "-", "0.125", "-", "2", "above jitter: 2 times"});
  CHECK(floor.rows[2].back() == "undefined");
}

TEST_CASE("tables are written in three formats, with their sources") {
  const testing::TemporaryDirectory directory;
  std::filesystem::create_directory(directory.path() / "tables");
  std::ofstream(directory.path() / "tables" / "earlier.csv") << "of another form of the study";
  write_study_tables(study_example(), directory.path());
  CHECK_FALSE(std::filesystem::exists(directory.path() / "tables" / "earlier.csv"));
  for (const char* file :
       {"t.csv", "t.md", "t.tex", "noise-floor.csv", "noise-floor.md", "noise-floor.tex", "sources.csv"})
    CHECK(std::filesystem::is_regular_file(directory.path() / "tables" / file));
  CHECK_THAT(testing::get(directory.path() / "tables" / "t.tex"), Catch::Contains("\\label{tab:example-t}"));
  CHECK_FALSE(std::filesystem::exists(directory.path() / "tables" / "expectations.csv"));
}
