// SPDX-License-Identifier: MIT
#include "plots/report/svg.hpp"

#include <catch2/catch.hpp>

using namespace steq;
using Catch::Contains;

namespace {

const std::string kDrawing = R"svg(<?xml version="1.0"?>
<svg width="760" height="420" viewBox="0 0 760 420" xmlns="http://www.w3.org/2000/svg">
<title>Gnuplot</title>
<desc>Produced by GNUPLOT</desc>
<g id="gnuplot_plot_1" ></g><g id="gnuplot_plot_1" ></g><g id="canvas"><circle id='dot' r='1'/><use xlink:href='#dot'/><path clip-path="url(#canvas)"/></g>
</svg>)svg";

}  // namespace

TEST_CASE("ids of two drawings in one page differ, and references follow them") {
  const std::string svg = inlined(kDrawing, "one", "alt");
  CHECK_THAT(svg, Contains("id=\"one-canvas\"") && Contains("id='one-dot'"));
  CHECK_THAT(svg, Contains("href='#one-dot'") && Contains("url(#one-canvas)"));
}

TEST_CASE("a drawing in a page is an image with a text alternative, without size, prolog and addresses") {
  const std::string svg = inlined(kDrawing, "p", "a \"b\" < c");
  CHECK_THAT(svg,
             Catch::StartsWith("<svg viewBox=\"0 0 760 420\" role=\"img\" aria-label=\"a &quot;b&quot; &lt; c\">"));
  CHECK_THAT(svg, !Contains("Gnuplot") && !Contains("gnuplot_plot_1") && !Contains("GNUPLOT") && !Contains("http") &&
                      !Contains("<?xml"));
}

TEST_CASE("what is no drawing, or holds a script, is left out") {
  CHECK(inlined("plain text", "p", "").empty());
  CHECK(inlined("<svg viewBox=\"0 0 1 1\">", "p", "").empty());
  CHECK(inlined("<svg viewBox=\"0 0 1 1\"><script>x</script></svg>", "p", "").empty());
}

TEST_CASE("a drawing of many curves becomes part of a page at once") {
  std::string curves;
  for (int i = 0; i < 200000; ++i) curves += "<g id=\"gnuplot_plot_1\"><use href='#dot'/></g>";
  const std::string svg = inlined("<svg viewBox=\"0 0 1 1\">" + curves + "</svg>", "p", "alt");
  CHECK_THAT(svg, !Contains("gnuplot_plot"));
  CHECK(svg.size() == std::string("<svg viewBox=\"0 0 1 1\" role=\"img\" aria-label=\"alt\"></svg>").size() +
                          200000 * std::string("<g><use href='#p-dot'/></g>").size());
}
