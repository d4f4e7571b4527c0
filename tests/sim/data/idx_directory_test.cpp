// SPDX-License-Identifier: MIT
#include "sim/data/idx_directory.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/data/temporary_files.hpp"

using namespace steq;
using test::Bytes;
using test::counting;
using test::idx_bytes;

namespace {

const IdxRules kAny{.source = "they come from SOURCE", .folders = {}, .image = std::nullopt, .classes = std::nullopt};
const IdxRules kTwoByThree{
    .source = "they come from SOURCE", .folders = {}, .image = SampleShape{1, 2, 3}, .classes = 4};

/// Four good files, three train and two test images of 2 x 3; tests replace what they want to be bad.
struct Files {
  Files() {
    write("train-images-idx3-ubyte", idx_bytes({3, 2, 3}, counting(18)));
    write("train-labels-idx1-ubyte", idx_bytes({3}, {3, 0, 1}));
    write("t10k-images-idx3-ubyte", idx_bytes({2, 2, 3}, counting(12, 100)));
    write("t10k-labels-idx1-ubyte", idx_bytes({2}, {2, 3}));
  }
  std::string write(const std::string& name, const Bytes& bytes) const { return directory.write(name, bytes); }
  std::vector<Problem> problems(const IdxRules& rules) const {
    return test::problems_of([&] { read_idx_directory(directory.path(), rules); });
  }
  /// The one problem, which must stand in the file `name`.
  std::string problem(const IdxRules& rules, const std::string& name) const {
    const auto found = problems(rules);
    REQUIRE(found.size() == 1);
    CHECK(found[0].place == directory.path() + "/" + name);
    return found[0].text;
  }

  test::TemporaryDirectory directory;
};

}  // namespace

TEST_CASE("the four files become two splits") {
  const Files files;
  const DataSplits splits = read_idx_directory(files.directory.path(), kTwoByThree);
  CHECK(splits.train.image == SampleShape{1, 2, 3});
  CHECK(splits.train.pixels == counting(18));
  CHECK(splits.train.labels == Bytes{3, 0, 1});
  CHECK(splits.test.image == SampleShape{1, 2, 3});
  CHECK(splits.test.pixels == counting(12, 100));
  CHECK(splits.test.labels == Bytes{2, 3});
  CHECK(splits.classes == 4);
  REQUIRE(splits.files.size() == 4);
  CHECK(splits.files[3] == files.directory.path() + "/t10k-labels-idx1-ubyte");
}

TEST_CASE("the number of images and of labels must agree") {
  const Files files;
  files.write("train-labels-idx1-ubyte", idx_bytes({2}, {3, 0}));
  CHECK_THAT(
      files.problem(kAny, "train-labels-idx1-ubyte"),
      Catch::StartsWith("2 labels; allowed: 3, one for each image of ") && Catch::EndsWith("train-images-idx3-ubyte"));
}

TEST_CASE("a label beyond the classes is refused") {
  const Files files;
  files.write("t10k-labels-idx1-ubyte", idx_bytes({2}, {2, 4}));
  CHECK(files.problem(kTwoByThree, "t10k-labels-idx1-ubyte") == "label 4 of image 1 (counted from 0); allowed: 0 to 3");
  CHECK(files.problem(kAny, "t10k-labels-idx1-ubyte") == "label 4 of image 1 (counted from 0); allowed: 0 to 3");
}

TEST_CASE("images of another shape are refused") {
  const Files files;
  files.write("t10k-images-idx3-ubyte", idx_bytes({2, 3, 2}, counting(12)));
  CHECK(files.problem(kTwoByThree, "t10k-images-idx3-ubyte") ==
        "images of 1 x 3 x 2 (channels x height x width); allowed: 1 x 2 x 3");
  CHECK_THAT(files.problem(kAny, "t10k-images-idx3-ubyte"),
             Catch::EndsWith("as in " + files.directory.path() + "/train-images-idx3-ubyte"));
}

TEST_CASE("problems of several files are reported together") {
  const Files files;
  files.write("train-images-idx3-ubyte", idx_bytes({3, 2, 3}, counting(17)));
  files.write("t10k-labels-idx1-ubyte", {1, 2});
  CHECK(files.problems(kAny).size() == 2);
  files.write("train-images-idx3-ubyte", idx_bytes({4, 2, 3}, counting(24)));
  files.write("t10k-labels-idx1-ubyte", idx_bytes({3}, {2, 3, 3}));
  CHECK(files.problems(kAny).size() == 2);
}

TEST_CASE("a missing file is named") {
  const Files files;
  std::filesystem::remove(files.directory.path() + "/t10k-images-idx3-ubyte");
  const auto found = files.problems(kAny);
  REQUIRE(found.size() == 1);
  CHECK_THAT(found[0].text, Catch::StartsWith("files not found: t10k-images-idx3-ubyte ("));
}

TEST_CASE("images whose channels come last are refused, unless the layout is given", "[idx]") {
  const Files files;
  const auto write = [&](const std::vector<std::uint32_t>& image) {
    std::uint32_t size = 1;
    for (const std::uint32_t n : image) size *= n;
    for (const auto& [name, n] : {std::pair("train", 3u), std::pair("t10k", 2u)}) {
      std::vector<std::uint32_t> sizes{n};
      sizes.insert(sizes.end(), image.begin(), image.end());
      files.write(std::string(name) + "-images-idx3-ubyte", idx_bytes(sizes, counting(n * size)));
    }
  };
  for (const std::vector<std::uint32_t>& image : {std::vector<std::uint32_t>{5, 6, 3}, {5, 6, 1}, {28, 28, 4}}) {
    write(image);
    const auto found = files.problems(kAny);
    REQUIRE(found.size() == 2);
    CHECK_THAT(found[0].text,
               Catch::Contains("look like height x width x channels") && Catch::Contains("data.layout=channels-last"));
    CHECK(read_idx_directory(files.directory.path(), kAny, Layout::channels_first).train.image ==
          SampleShape{image[0], image[1], image[2]});
  }
  write({5, 6, 3});
  const DataSplits turned = read_idx_directory(files.directory.path(), kAny, Layout::channels_last);
  CHECK(turned.train.image == SampleShape{3, 5, 6});
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t c = 0; c < 3; ++c)
      for (std::size_t p = 0; p < 30; ++p)
        REQUIRE(turned.train.pixels[(i * 3 + c) * 30 + p] == counting(270)[(i * 30 + p) * 3 + c]);
  for (const std::vector<std::uint32_t>& image : {std::vector<std::uint32_t>{3, 28, 28}, {64, 4, 4}, {4, 8, 3}}) {
    write(image);
    CHECK(files.problems(kAny).empty());
  }
}

TEST_CASE("images of a single class are refused", "[idx]") {
  const Files files;
  files.write("train-labels-idx1-ubyte", idx_bytes({3}, {0, 0, 0}));
  CHECK(files.problem(kAny, "train-labels-idx1-ubyte") == "every label is 0; allowed: labels of at least two classes");
}

TEST_CASE("a good compressed file beside a damaged plain one is pointed out", "[idx]") {
  const Files files;
  files.write("train-images-idx3-ubyte", idx_bytes({3, 2, 3}, counting(11)));
  files.write("train-images-idx3-ubyte.gz", idx_bytes({3, 2, 3}, counting(18)));
  CHECK(files.problem(kAny, "train-images-idx3-ubyte") ==
        "truncated: header promises 34 bytes, file has 27; train-images-idx3-ubyte.gz lies beside it and is read where "
        "the plain file is removed");
}
