// SPDX-License-Identifier: MIT
#include "plots/report/html.hpp"

#include <catch2/catch.hpp>

using namespace steq;
using Catch::Contains;

TEST_CASE("texts cannot end the element or attribute in which they stand") {
  CHECK(escaped("<b>\"x\" & 'y'</b>") == "&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;");
  CHECK(escaped("q-hat") == "q-hat");
  CHECK_THAT(preformatted("a < b"), Contains("a &lt; b"));
}

TEST_CASE("data in the page cannot end their script, and read back as they were") {
  const Json data{{"name", "</script><script>alert(1)</script><!--"}, {"x", 0.1}};
  const std::string html = script_data("id", data);
  CHECK(html.find("</script") == html.size() - 10);
  CHECK_THAT(html, !Contains("<!--"));
  const std::size_t begin = html.find('>') + 1;
  CHECK(Json::parse(html.substr(begin, html.size() - 10 - begin)) == data);
}

TEST_CASE("a table has a header cell for each column, and a row header in each row") {
  const std::string html = html_table({.caption = "A & B", .header = {"x", "y"}, .rows = {{"a<b", "1"}, {"c", "2"}}});
  CHECK_THAT(html, Contains("<p class=\"caption\">A &amp; B</p>"));
  CHECK_THAT(html, Contains("<th scope=\"row\">a&lt;b</th><td>1</td>") && Contains("aria-sort=\"none\""));
}

TEST_CASE("base64 agrees with the test vectors of RFC 4648") {
  CHECK(base64("").empty());
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foobar") == "Zm9vYmFy");
  const std::vector<std::uint32_t> numbers{1, 256};
  CHECK(packed(std::span<const std::uint32_t>(numbers)) == base64(std::string("\1\0\0\0\0\1\0\0", 8)));
}

TEST_CASE("what is put into a skeleton is not looked at again") {
  CHECK(filled("a {{x}} b {{y}}", {{"x", "{{y}}"}, {"y", "2"}}) == "a {{y}} b 2");
  CHECK(filled("no key", {}) == "no key");
  CHECK(filled("{{LQ}: {ADMM}} {{x}}", {{"x", "1"}}) == "{{LQ}: {ADMM}} 1");
}
