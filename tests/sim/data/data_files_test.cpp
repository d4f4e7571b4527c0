// SPDX-License-Identifier: MIT
#include "sim/data/data_files.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/data/temporary_files.hpp"

using namespace steq;

TEST_CASE("a file is found plain first, then with .gz") {
  const test::TemporaryDirectory directory;
  CHECK_FALSE(find_file(directory.path(), "a"));
  const std::string compressed = directory.write("a.gz", {1});
  CHECK(find_file(directory.path(), "a") == compressed);
  const std::string plain = directory.write("a", {1});
  CHECK(find_file(directory.path(), "a") == plain);
}

TEST_CASE("a directory of the right name is not the file") {
  const test::TemporaryDirectory directory;
  std::filesystem::create_directory(directory.path() + "/a");
  CHECK_FALSE(find_file(directory.path(), "a"));
}

TEST_CASE("all missing files are named at once, those that are there are not") {
  const test::TemporaryDirectory directory;
  directory.write("two", {1});
  const auto problems = test::problems_of([&] {
    find_files(directory.path(), {"one", "two", "three"}, "they come from SOURCE");
  });
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].place == directory.path());
  CHECK_THAT(problems[0].text, Catch::StartsWith("files not found: one, three ") && Catch::Contains("from SOURCE") &&
                                   !Catch::Contains("two"));
}

TEST_CASE("a path that is no directory is said to be none") {
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("file", {1});
  const auto text = [](const std::string& path) {
    return test::problems_of([&] { find_files(path, {"one"}, "s"); }).at(0).text;
  };
  CHECK_THAT(text(file), Catch::StartsWith("not a directory"));
  CHECK_THAT(text(file + "-none"), Catch::StartsWith("no such directory"));
}

TEST_CASE("collect gathers the problems of all") {
  std::vector<Problem> problems;
  collect(problems, [] { throw InputError("a", "b"); });
  collect(problems, [] {});
  collect(problems, [] { throw InputError(std::vector<Problem>{{"c", "d"}, {"e", "f"}}); });
  REQUIRE(problems.size() == 3);
  CHECK(problems[2].place == "e");
  CHECK_THROWS_AS(throw_if_any(problems), InputError);
  CHECK_NOTHROW(throw_if_any({}));
}
