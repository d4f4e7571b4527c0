// SPDX-License-Identifier: MIT
#include "plots/figures/draw_figures.hpp"

#include <stdlib.h>

#include <set>

#include "plots/figures/gnuplot.hpp"
#include "sim/core/errors.hpp"
#include "tests/plots/figures/two_learners.hpp"

using namespace steq;
namespace fs = std::filesystem;
using test::TwoLearners;

namespace {

std::set<std::string> drawn_names(const Json& index) {
  std::set<std::string> all;
  for (const Json& entry : index) all.insert(entry["name"]);
  return all;
}

/// Two learners with a history and the table that divergence needs.
void fill(const TwoLearners& run) {
  run.write_table("disagreement", "step,a / b\n0,0\n1,0.25\n2,0.5\n");
  testing::put(run.path() / "history.jsonl",
               R"({"learner":"a","epoch":1,"train_loss":2,"test_loss":1,"test_accuracy":0.5})"
               "\n");
}

}  // namespace

TEST_CASE("what a run holds enough for is drawn, and listed with its files", "[figures]") {
  const TwoLearners run;
  fill(run);
  const Json index = draw_figures(run.path());
  const fs::path folder = run.path() / "figures";
  CHECK(Json::parse(testing::get(folder / "index.json")) == index);
  CHECK(drawn_names(index).contains("curves"));
  CHECK(drawn_names(index).contains("divergence"));
  CHECK_FALSE(drawn_names(index).contains("bounds"));
  std::set<std::string> listed{"index.json"}, there;
  for (const Json& entry : index) {
    for (const char* key : {"title", "caption", "alt"}) CHECK_FALSE(entry[key].get<std::string>().empty());
    for (const Json& file : entry["files"]) listed.insert(file);
  }
  for (const auto& entry : fs::directory_iterator(folder)) {
    there.insert(entry.path().filename());
    CHECK(entry.file_size() > 0);
  }
  CHECK(listed == there);
}

TEST_CASE("the same run gives the same bytes, and each script draws its pictures by itself", "[figures]") {
  const TwoLearners run;
  fill(run);
  draw_figures(run.path());
  const fs::path folder = run.path() / "figures";
  if (!fs::exists(folder / "divergence.svg")) {
    WARN("gnuplot is not installed: not tested");
    return;
  }
  const std::string svg = testing::get(folder / "divergence.svg"), pdf = testing::get(folder / "divergence.pdf");
  CHECK_THAT(pdf, Catch::StartsWith("%PDF"));
  for (const char* file : {"divergence.svg", "divergence.pdf"}) fs::remove(folder / file);
  REQUIRE(run_gnuplot(folder, "divergence", testing::get(folder / "divergence.gp")));
  CHECK(testing::get(folder / "divergence.svg") == svg);
  CHECK(testing::get(folder / "divergence.pdf") == pdf);
}

TEST_CASE("named figures are drawn alone and not listed", "[figures]") {
  const TwoLearners run;
  fill(run);
  CHECK(drawn_names(draw_figures(run.path(), {"divergence", "bounds"})) == std::set<std::string>{"divergence"});
  CHECK_FALSE(fs::exists(run.path() / "figures" / "index.json"));
  CHECK_FALSE(fs::exists(run.path() / "figures" / "curves.gp"));
}

TEST_CASE("a figure that cannot be written does not stop the others", "[figures]") {
  const TwoLearners run;
  fill(run);
  fs::create_directories(run.path() / "figures" / "curves-testloss.csv");
  CHECK_THAT(testing::message<IoError>([&] { draw_figures(run.path()); }), Catch::Contains("curves-testloss.csv"));
  const Json index = Json::parse(testing::get(run.path() / "figures" / "index.json"));
  CHECK(drawn_names(index).contains("divergence"));
  CHECK_FALSE(drawn_names(index).contains("curves"));
}

TEST_CASE("every figure has a name of its own, a title and a caption", "[figures]") {
  std::set<std::string> all;
  for (const Figure& figure : figure_registry()) {
    CHECK(all.insert(figure.info.name).second);
    CHECK_FALSE(figure.info.title.empty());
    CHECK_THAT(figure.info.caption, Catch::EndsWith("."));
  }
}
