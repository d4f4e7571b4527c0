// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "plots/studies/study_figures.hpp"
#include "study_example.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using testing::study_example;

TEST_CASE("the regime map writes its numbers by rising x, gaps where a run diverged, and says what is seen") {
  const testing::TemporaryDirectory directory;
  draw_study_figure(study_example(), directory.path());
  const std::filesystem::path figures = directory.path() / "figures";
  const std::string csv = testing::get(figures / "regime-map-sgd.csv");
  CHECK_THAT(csv, Catch::StartsWith("optimizer.learning_rate,q / ste: share on different levels,"));
  CHECK_THAT(csv, Catch::Contains("\n0.001,0.25,0.125,0.5,0.5,0.25,0.75,0.125,0.125,0.125,"));
  CHECK_THAT(csv, Catch::Contains("\n0.1,,,,"));
  const auto index = Json::parse(testing::get(figures / "index.json"));
  REQUIRE(index.size() == 1);
  CHECK(index[0]["alt"] ==
        "sgd, 0.001: q and ste end with 25 % of the weights on different levels, test accuracy 0.5. "
        "sgd, 0.1: diverged.");
}

TEST_CASE("a study without a figure has none, and one without numbers draws none") {
  const testing::TemporaryDirectory directory;
  auto study = study_example();
  study["figure"] = nullptr;
  draw_study_figure(study, directory.path());
  CHECK(directory.entries() == 0);
  study = study_example();
  study["variants"][0]["config"]["optimizer"]["learning_rate"] = "words";
  study["variants"][1]["config"]["optimizer"]["learning_rate"] = "words";
  draw_study_figure(study, directory.path());
  CHECK(testing::get(directory.path() / "figures" / "index.json") == "[]\n");
}
