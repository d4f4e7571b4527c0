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

TEST_CASE("a file in a folder of its own name is found", "[data-files]") {
  const test::TemporaryDirectory directory;
  std::filesystem::create_directory(directory.path() + "/a");
  const std::string inner = directory.write("a/a", {1});
  CHECK(find_file(directory.path(), "a") == inner);
}

TEST_CASE("the place is the directory or the first of its folders that holds a file", "[data-files]") {
  const test::TemporaryDirectory directory;
  CHECK(find_place(directory.path(), {"one", "two"}, {"a", "b"}) == directory.path());
  std::filesystem::create_directory(directory.path() + "/two");
  directory.write("two/b.gz", {1});
  CHECK(find_place(directory.path(), {"one", "two"}, {"a", "b"}) == directory.path() + "/two");
  directory.write("a", {1});
  CHECK(find_place(directory.path(), {"one", "two"}, {"a", "b"}) == directory.path());
}

TEST_CASE("a path that is no directory is said to be none", "[data-files]") {
  const test::TemporaryDirectory directory;
  const std::string file = directory.write("file", {1});
  const auto text = [](const std::string& path) {
    const InputError error = missing_files(path, "one", {"they come from SOURCE", [](const auto&) { return false; }});
    return error.problems().at(0).text;
  };
  CHECK_THAT(text(file), Catch::StartsWith("not a directory"));
  CHECK_THAT(text(file + "-none"), Catch::StartsWith("no such directory"));
  CHECK_THAT(text(directory.path()),
             Catch::StartsWith("files not found: one (each plain or with .gz); they come from"));
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
