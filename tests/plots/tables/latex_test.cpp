// SPDX-License-Identifier: MIT
#include "plots/tables/latex.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Contains;

namespace {

std::size_t occurrences(const std::string& text, const std::string& word) {
  std::size_t found = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
  return found;
}

/// As a report and a study have them: many columns, long names, sentences, characters that LaTeX wants.
std::vector<Table> tables() {
  Table metrics{.caption = "All metrics of a_b & c", .header = {"metric"}, .rows = {}, .notes = {"50 % of #1."}};
  for (const char* pair : {"q-hat / ste", "q-hat / jitter", "q-hat / no-warp", "q-hat / one-ulp", "q-hat / copy"})
    metrics.header.emplace_back(pair);
  for (const char* name : {"compressed_change_point_sequence_agreement", "average_compressed_change_point_error",
                           "quantized_weight_agreement_of_changed", "mean_squared_logit_difference"})
    metrics.rows.push_back({name, "0.99876", "1.234e-05", "undefined", "0.5", "1"});
  Table study{.caption = "Spreads", .header = {"metric"}, .rows = {{"test_accuracy_a"}}};
  for (int column = 0; column < 9; ++column) {
    study.header.push_back("Default " + std::to_string(column));
    study.rows[0].emplace_back("0.99876 [0.99123, 0.99987] (published 0.998, +0.00076)");
  }
  const std::string sentence =
      "the largest step is 0.0123 W at w = -0.25, above the 0.01 that the theorem's proof allows";
  const Table assumptions{
      .caption = "Assumptions",
      .header = {"assumption", "outcome", "learner", "how", "finding", "meaning", "what to do"},
      .rows = {{"equal-harmonic-means", "fails", "q-hat", "measured", sentence, sentence, sentence}}};
  const Table settings{.caption = "Settings",
                       .header = {"setting", "a_learner_of_a_long_name", "b"},
                       .rows = {{"learners.q-hat.learning_rate_scale", "1.01", "C:\\x~y^z|<>{}$"}}};
  Table wide{.caption = "Wide", .header = {"run"}, .rows = {{"x"}}};
  for (int column = 0; column < 40; ++column) {
    wide.header.push_back("setting_" + std::to_string(column));
    wide.rows[0].emplace_back("0.123456789");
  }
  return {metrics, study, assumptions, settings, wide};
}

}  // namespace

TEST_CASE("names are printed as a paper does") {
  CHECK(printed_title("quantized_weight_agreement_of_changed") == "quantized weight agreement of changed");
  CHECK(printed_title("test_accuracy_a") == "test accuracy of a");
  CHECK(printed_title("optimizer.learning_rate") == "optimizer learning rate");
  CHECK(printed_title("learners.q-hat.estimator.k") == "q-hat estimator k");
  for (const char* same : {"rate-0.001", "q-hat / ste", "metric", "0.5", "1e-05", "a_b / c_d", "first divergence"})
    CHECK(printed_title(same) == same);
}

TEST_CASE("a small table is set as it is") {
  const Table table{.caption = "c", .header = {"x", "y"}, .rows = {{"a", "1"}}};
  CHECK(to_latex(table, "tab:x") ==
        "% packages: booktabs, array\n\\begin{table}\n  \\centering\n  \\setlength{\\tabcolsep}{0.4em}\n"
        "  \\caption{c}\n  \\label{tab:x}\n  \\begin{tabular}{lr}\n    \\toprule\n    x & y \\\\\n    \\midrule\n"
        "    a & 1 \\\\\n    \\bottomrule\n  \\end{tabular}\n\\end{table}\n");
}

TEST_CASE("what is too wide for any size is cut, and every part begins with the first column") {
  const std::string text = to_latex(tables().back(), "tab:x");
  CHECK(occurrences(text, "\\begin{tabular}") > 1);
  CHECK(occurrences(text, "\\begin{tabular}") == occurrences(text, "run & "));
  for (int column = 0; column < 40; ++column) CHECK(occurrences(text, "setting " + std::to_string(column) + " ") == 1);
}

TEST_CASE("LaTeX finds no table too wide for the page") {
  if (std::system("command -v pdflatex > /dev/null 2>&1") != 0) {
    WARN("pdflatex is not installed: not tested");
    return;
  }
  const testing::TemporaryDirectory folder;
  std::string document = "\\documentclass{article}\\usepackage{booktabs,array}\\begin{document}\n";
  for (const Table& table : tables())
    document += to_latex(table, "tab:" + table.caption.substr(0, 3)) + "\\clearpage\n";
  testing::put(folder.path() / "t.tex", document + "\\end{document}\n");
  const std::string call =
      "cd '" + folder.path().string() + "' && pdflatex -interaction=nonstopmode -halt-on-error t.tex > out 2>&1";
  INFO(testing::get(folder.path() / "out"));
  CHECK(std::system(call.c_str()) == 0);
  const std::string log = testing::get(folder.path() / "t.log");
  INFO(log);
  CHECK_THAT(log, Contains("Output written") && !Contains("Overfull \\hbox"));
}
