// SPDX-License-Identifier: MIT
#include "plots/tables/read_csv.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/experiments/temporary_directory.hpp"

using namespace steq;

TEST_CASE("a table that was written as CSV is read back as it was") {
  const Table table{.caption = "",
                    .header = {"a", "q-hat / \"ste\"", "x, y"},
                    .rows = {{"1", "", "two\nlines"}, {"", "\"\"", ","}, {"", "", ""}}};
  const testing::TemporaryDirectory folder;
  testing::put(folder.path() / "t.csv", to_csv(table));
  const auto read = read_csv(folder.path() / "t.csv");
  REQUIRE(read);
  CHECK(read->header == table.header);
  CHECK(read->rows == table.rows);
  CHECK(column_of(*read, "x, y") == 2);
  CHECK_FALSE(column_of(*read, "x"));
}

TEST_CASE("short rows are filled up; a last line needs no end, and may end as on Windows") {
  const testing::TemporaryDirectory folder;
  testing::put(folder.path() / "t.csv", "a,b\r\n1\r\n2,3");
  const auto read = read_csv(folder.path() / "t.csv");
  REQUIRE(read);
  CHECK(read->rows == std::vector<Row>{{"1", ""}, {"2", "3"}});
}

TEST_CASE("there is no table where there is no file or nothing in it") {
  const testing::TemporaryDirectory folder;
  testing::put(folder.path() / "empty.csv", "");
  CHECK_FALSE(read_csv(folder.path() / "empty.csv"));
  CHECK_FALSE(read_csv(folder.path() / "none.csv"));
}

TEST_CASE("cells are numbers as a whole or not at all") {
  CHECK(number_of("-1.5e-3") == -0.0015);
  for (const char* text : {"", "1 2", "x", "1,5"}) CHECK(std::isnan(number_of(text)));
}
