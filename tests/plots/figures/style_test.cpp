// SPDX-License-Identifier: MIT
#include "plots/figures/style.hpp"

#include "plots/figures/gnuplot.hpp"
#include "plots/figures/line_styles.hpp"
#include "tests/plots/figures/two_learners.hpp"

using namespace steq;

TEST_CASE("a script's head and tail are a whole: both pictures, and quoted text as it is") {
  const testing::TemporaryDirectory folder;
  const std::string text = R"(it's "a_b"^{2} \n $x @y `z`)";
  const std::string script =
      script_head("a-b", 300, 200) + multiplot({.rows = 1, .columns = 2, .width = 300, .height = 200}) + shared_key() +
      "plot x title " + quoted(text) + "\nunset key\nplot positive(x)\n" + "unset multiplot\n" + script_tail("a-b");
  if (!run_gnuplot(folder.path(), "a-b", script)) {
    WARN("gnuplot is not installed: not tested");
    return;
  }
  CHECK_THAT(testing::get(folder.path() / "a-b.svg"), Catch::Contains(R"(it's &quot;a_b&quot;^{2} \n $x @y `z`)") ||
                                                          Catch::Contains(R"(it's "a_b"^{2} \n $x @y `z`)"));
  CHECK_THAT(testing::get(folder.path() / "a-b.pdf"), Catch::StartsWith("%PDF"));
}

TEST_CASE("line types differ in colour, dash or point from every other") {
  const std::string head = script_head("x", 100, 100);
  std::vector<std::string> looks;
  for (std::size_t type = 1; type <= line_styles().size(); ++type) {
    const std::string key = "set linetype " + std::to_string(type) + " ";
    const std::size_t at = head.find(key);
    REQUIRE(at != std::string::npos);
    looks.push_back(head.substr(at + key.size(), head.find('\n', at) - at - key.size()));
  }
  std::ranges::sort(looks);
  CHECK(std::ranges::adjacent_find(looks) == looks.end());
}
