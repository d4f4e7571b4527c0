// SPDX-License-Identifier: MIT
#include "plots/figures/gnuplot.hpp"

#include <stdlib.h>

#include <catch2/catch.hpp>

#include "sim/core/errors.hpp"
#include "tests/experiments/temporary_directory.hpp"

using namespace steq;
namespace fs = std::filesystem;

namespace {

const char* const kLine = "set terminal svg\nset output \"line.svg\"\nplot x\n";

/// Hides all programs while it lives.
class NoPrograms {
 public:
  NoPrograms() : path_(::getenv("PATH")) { ::setenv("PATH", "/nowhere", 1); }
  ~NoPrograms() { ::setenv("PATH", path_.c_str(), 1); }

 private:
  std::string path_;
};

}  // namespace

TEST_CASE("gnuplot draws what its script says, in the folder of the script") {
  const testing::TemporaryDirectory directory;
  const auto picture = run_gnuplot(directory.path() / "figures", "line", kLine);
  CHECK(testing::get(directory.path() / "figures" / "line.gp") == kLine);
  if (!picture) {
    WARN("gnuplot is not installed: no picture to check");
    return;
  }
  CHECK(*picture == directory.path() / "figures" / "line.svg");
  CHECK_THAT(testing::get(*picture), Catch::Contains("<svg"));
}

TEST_CASE("without gnuplot there is the script and no picture") {
  const testing::TemporaryDirectory directory;
  const NoPrograms none;
  CHECK_FALSE(run_gnuplot(directory.path(), "line", kLine));
  CHECK(fs::exists(directory.file("line.gp")));
}

TEST_CASE("a script that fails leaves no half picture") {
  const testing::TemporaryDirectory directory;
  const std::string bad = std::string(kLine) + "plot no_such_function(x)\n";
  if (!run_gnuplot(directory.path(), "line", kLine)) {
    WARN("gnuplot is not installed: not tested");
    return;
  }
  CHECK_THROWS_AS(run_gnuplot(directory.path(), "line", bad), IoError);
  CHECK_FALSE(fs::exists(directory.file("line.svg")));
}
