// SPDX-License-Identifier: MIT
#include "sim/data/idx_format.hpp"

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

/// Of images where ranks are given, else of labels.
std::string problem_of_array(const Bytes& bytes, const std::vector<std::size_t>& ranks) {
  const test::TemporaryDirectory directory;
  for (const char* name : {"file", "file.gz"}) {
    const std::string file = directory.write(name, bytes);
    const auto found = test::problems_of([&] {
      ranks == std::vector<std::size_t>{1} ? void(read_idx_labels(file)) : void(read_idx_images(file, ranks));
    });
    REQUIRE(found.size() == 1);
    CHECK(found[0].place == file);
    if (name == std::string("file.gz")) return found[0].text;
  }
  return "";
}

}  // namespace

TEST_CASE("an IDX array is read as written, plain or compressed") {
  const test::TemporaryDirectory directory;
  for (const char* name : {"file", "file.gz"}) {
    const std::string file = directory.write(name, idx_bytes({2, 3, 1, 300}, counting(1800)));
    const IdxArray array = read_idx_images(file, {3, 4});
    CHECK(array.sizes == std::vector<std::size_t>{2, 3, 1, 300});
    CHECK(array.bytes == counting(1800));
  }
}

TEST_CASE("bad IDX files are refused, saying what was found and what is allowed") {
  CHECK(problem_of_array({}, {1}) == "truncated: an IDX header takes 8 bytes, file has 0");
  CHECK(problem_of_array({0, 0, 8, 3, 0, 0, 0, 1, 0, 0}, {3}) ==
        "truncated: an IDX header takes 16 bytes, file has 10");
  CHECK(problem_of_array(idx_bytes({3}, {1, 2, 3}), {3}) ==
        "magic number 0x00000801; allowed: an IDX file with the magic number 0x00000803 (images)");
  CHECK(problem_of_array(idx_bytes({1, 2, 3}, counting(6)), {1}) ==
        "magic number 0x00000803; allowed: an IDX file with the magic number 0x00000801 (labels)");
  CHECK(problem_of_array({'P', 'K', 3, 4, 5}, {3, 4}) ==
        "is an archive (unpack it); allowed: an IDX file with the magic number 0x00000803 or 0x00000804 (images)");
  CHECK(problem_of_array(idx_bytes({3, 2, 2}, counting(11)), {3}) ==
        "truncated: header promises 28 bytes, file has 27");
  CHECK(problem_of_array(idx_bytes({3, 2, 2}, counting(14)), {3}) == "too long: header promises 28 bytes, file has 30");
}

TEST_CASE("a header that promises terabytes is refused without allocating them") {
  CHECK(problem_of_array(idx_bytes({0x7fffffff, 0x1000, 0x1000}, counting(10)), {3}) ==
        "truncated: header promises 36028797002186768 bytes, file has 26");
  CHECK_THAT(problem_of_array(idx_bytes({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {}), {3, 4}),
             Catch::Contains("below 2^62"));
}

TEST_CASE("a size of zero is refused") {
  CHECK_THAT(problem_of_array(idx_bytes({0}, {}), {1}), Catch::Contains("at least 1"));
  CHECK_THAT(problem_of_array(idx_bytes({2, 0, 28}, {}), {3}), Catch::Contains("2 x 0 x 28"));
}

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

TEST_CASE("labels may be of any integer type, and those of QMNIST are the first of eight", "[idx]") {
  const test::TemporaryDirectory directory;
  const auto labels = [&](const Bytes& bytes) { return read_idx_labels(directory.write("labels", bytes)); };
  CHECK(labels(idx_bytes({3}, {3, 0, 255})) == Bytes{3, 0, 255});
  CHECK(labels({0, 0, 9, 1, 0, 0, 0, 2, 7, 1}) == Bytes{7, 1});
  CHECK(labels({0, 0, 11, 1, 0, 0, 0, 2, 0, 200, 0, 9}) == Bytes{200, 9});
  CHECK(labels({0, 0, 12, 1, 0, 0, 0, 1, 0, 0, 0, 41}) == Bytes{41});
  Bytes qmnist{0, 0, 12, 2, 0, 0, 0, 2, 0, 0, 0, 8};
  for (std::uint8_t i = 0; i < 16; ++i)
    qmnist.insert(qmnist.end(), {0, 0, 0, static_cast<std::uint8_t>(i == 8 ? 5 : i)});
  CHECK(labels(qmnist) == Bytes{0, 5});
}

TEST_CASE("labels that are no classes are refused", "[idx]") {
  CHECK(problem_of_array({0, 0, 9, 1, 0, 0, 0, 2, 7, 255}, {1}) ==
        "label -1 of image 1 (counted from 0); allowed: 0 to 255");
  CHECK(problem_of_array({0, 0, 12, 1, 0, 0, 0, 1, 0, 1, 0, 0}, {1}) ==
        "label 65536 of image 0 (counted from 0); allowed: 0 to 255");
  CHECK(problem_of_array({0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 1}, {1}) ==
        "labels of 2 numbers each; allowed: 1, or 8 as in QMNIST");
}

TEST_CASE("a page that a server sent in place of a file is named as such", "[idx]") {
  const std::string page = "<!DOCTYPE html><title>403</title>";
  CHECK(problem_of_array(Bytes(page.begin(), page.end()), {3}) ==
        "is an HTML page (a server's answer in place of the file: download it again); allowed: an IDX file with the "
        "magic number 0x00000803 (images)");
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
