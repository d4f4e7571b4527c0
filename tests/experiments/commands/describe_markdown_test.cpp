// SPDX-License-Identifier: MIT
#include "experiments/commands/describe_markdown.hpp"

#include <catch2/catch.hpp>

#include "experiments/commands/describe.hpp"
#include "sim/core/errors.hpp"
#include "sim/metrics/registry.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
using Catch::Matchers::Contains;

namespace {

std::string page(const std::string& name) { return describe({.kind = "estimators", .name = name, .markdown = true}); }

}  // namespace

TEST_CASE("the pages in docs/estimators are those that the program writes", "[describe]") {
  const std::filesystem::path docs = std::filesystem::path(STEQ_SOURCE_DIR) / "docs" / "estimators";
  INFO("if not: steq describe estimators --markdown --out docs/estimators");
  for (const auto& entry : estimator_registry().entries()) {
    INFO(entry.info.name);
    CHECK(testing::get(docs / (entry.info.name + ".md")) == markdown_page(entry));
    CHECK(std::filesystem::exists(docs / (entry.info.name + ".svg")));
  }
  CHECK(testing::get(docs / "index.md") == markdown_index());
  CHECK(testing::get(docs / "other-libraries.md") == markdown_other_libraries());
  const auto files = static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(docs), {}));
  CHECK(files == 2 * estimator_registry().entries().size() + 2);
}

TEST_CASE("a page has the declared properties, alpha, verdicts and closed form", "[describe]") {
  const std::string dsq = page("dsq");
  for (const char* text :
       {"# dsq\n", "](dsq.svg)", "| `k` | `6.5` | a number in (0, 1000] |", "| upper bound of q on [-W, W] | 2.22429 |",
        "| `uniform` | 3 | 0.454376 | yes |", "| `uniform:bits=8` | 255 |",
        "- Warning, `uniform:bits=8`: q varies by only", "| `a` | in place of `k` | a number in (0, 1) |",
        "| MQBench | DSQFakeQuantize(alpha=0.4) | `dsq:a=0.4` |",
        "- **sgd**: in the class. Learning-rate factor of the STE: 0.454376",
        "- **adam**: in the class. Learning-rate factor of the STE: 1;", "alpha = 2*e^2/", "here e = 2.166667",
        "arXiv:1908.05033"})
    CHECK_THAT(dsq, Contains(text));
  CHECK_THAT(page("ewgs"), Contains("| depends on the sign of the gradient | yes |") &&
                               Contains("  - function-of-the-weight: q depends on the gradient's sign") &&
                               Contains("measure w - Q(w) there: that is unit=range") && !Contains("alpha ="));
  CHECK_THAT(page("formula"), Contains("required, as `\"1+0.5*cos(2*pi*u)\"`"));
  CHECK_THAT(page("magnitude-aware"), Contains("where the gradient passes"));  // a bar would end the cell
}

TEST_CASE("the page of other libraries has every row of the plug-ins", "[describe]") {
  const std::string page = markdown_other_libraries();
  for (const auto& entry : estimator_registry().entries())
    for (const Elsewhere& other : entry.info.elsewhere)
      CHECK_THAT(page, Contains("\n## " + other.library + "\n") && Contains("| " + other.name + " | "));
  CHECK_THAT(page, Contains("| stochastic STE | none | [stochastic-ste](stochastic-ste.md) |"));
}

TEST_CASE("pages go to a directory, one with its figure or all with an index", "[describe]") {
  const testing::TemporaryDirectory directory;
  const std::string out = directory.file("new/pages");
  const std::string one = describe({.kind = "estimators", .name = "cosine", .markdown = true, .out = out});
  CHECK(testing::get(out + "/cosine.md") == page("cosine"));
  CHECK_THAT(one, Catch::StartsWith(out + "/cosine.md\n"));
  CHECK_FALSE(std::filesystem::exists(out + "/index.md"));
  if (!std::filesystem::exists(out + "/cosine.svg")) {
    WARN("gnuplot is not installed: figures not tested");
    return;
  }
  CHECK_THAT(testing::get(out + "/cosine.svg"), Contains("</svg>"));
  CHECK(static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(out), {})) == 2);
}

TEST_CASE("docs/metrics.md is the page that the program writes, with every metric's definition", "[describe]") {
  const std::string docs = testing::get(std::filesystem::path(STEQ_SOURCE_DIR) / "docs" / "metrics.md");
  const testing::TemporaryDirectory directory;
  INFO("if not: steq describe metrics --markdown --out docs");
  CHECK(describe({.kind = "metrics", .markdown = true, .out = directory.file("m")}) ==
        directory.file("m/metrics.md") + "\n");
  CHECK(testing::get(directory.file("m/metrics.md")) == docs);
  for (const auto& entry : metric_registry().entries()) {
    CHECK_THAT(
        docs, Contains("\n## " + entry.info.name + "\n\n" + entry.info.summary + "\n") && Contains(entry.info.formula));
    CHECK_THAT(docs, Contains(describe({.kind = "metrics", .name = entry.info.name, .markdown = true})));
  }
  CHECK_THROWS_WITH(describe({.kind = "metrics", .name = "agreement", .markdown = true}), Contains("unknown metric"));
}

TEST_CASE("pages that cannot be written are refused", "[describe]") {
  const testing::TemporaryDirectory directory;
  CHECK_THROWS_WITH(describe({.kind = "estimators", .markdown = true}), Contains("--out DIR"));
  CHECK_THROWS_WITH(describe({.kind = "layers", .name = "dense", .markdown = true}),
                    Contains("--markdown: not allowed here; allowed: steq describe estimators|metrics"));
  CHECK_THROWS_WITH(describe({.kind = "estimators", .name = "dsq", .json = true, .markdown = true}),
                    Contains("not allowed with --json"));
  CHECK_THROWS_WITH(describe({.kind = "estimators", .name = "dsq", .out = "x"}), Contains("with --markdown"));
  CHECK_THROWS_WITH(describe({.kind = "estimators", .name = "dsqq", .markdown = true, .out = directory.file("x")}),
                    Contains("did you mean \"dsq\"?"));
  CHECK(directory.entries() == 0);
  testing::put(directory.file("file"), "");
  CHECK_THROWS_AS(describe({.kind = "estimators", .markdown = true, .out = directory.file("file")}), IoError);
}
