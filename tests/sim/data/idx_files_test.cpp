// SPDX-License-Identifier: MIT
#include "sim/data/idx_files.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/data/temporary_files.hpp"

using namespace steq;
namespace fs = std::filesystem;
using Catch::Contains;

namespace {

class Folder {
 public:
  std::string path(const std::string& below = "") const {
    return below.empty() ? directory_.path() : directory_.path() + "/" + below;
  }
  /// Four files with `between` in place of the hyphen before idx; returns their folder.
  std::string set(const std::string& folder, const std::string& prefix, const std::string& between = "-",
                  const std::string& test = "t10k", const std::string& ending = "") const {
    fs::create_directories(path(folder));
    for (const std::string& split : {std::string("train"), test})
      for (const std::string kind : {"images" + between + "idx3", "labels" + between + "idx1"})
        directory_.write(folder + "/" + prefix + split + "-" + kind + "-ubyte" + ending, {1});
    return path(folder);
  }
  std::array<std::string, 4> find(const std::string& where, const std::vector<std::string>& folders = {}) const {
    return find_idx_files(where, folders, "they come from SOURCE");
  }
  std::string refusal(const std::string& where, const std::vector<std::string>& folders = {}) const {
    const auto problems = test::problems_of([&] { find(where, folders); });
    return problems.empty() ? "" : problems[0].place + ": " + problems[0].text;
  }

 private:
  test::TemporaryDirectory directory_;
};

}  // namespace

TEST_CASE("a file's name says what it holds", "[idx-files]") {
  const auto is = [](const std::string& name, const std::string& prefix, std::size_t place) {
    INFO(name);
    const auto parsed = parse_idx_name(name);
    REQUIRE(parsed);
    CHECK(parsed->prefix == prefix);
    CHECK(parsed->place == place);
  };
  is("train-images-idx3-ubyte", "", 0);
  is("train-labels.idx1-ubyte.gz", "", 1);
  is("emnist-letters-test-images-idx3-ubyte", "emnist-letters", 2);
  is("qmnist-test-labels-idx2-int.gz", "qmnist", 3);
  is("t10k-labels-idx1-ubyte", "", 3);
  for (const char* name :
       {"train-images", "train-images-idx3-ubyte.zip", "images-idx3-ubyte", "train-masks-idx3-ubyte"})
    CHECK_FALSE(parse_idx_name(name));
}

TEST_CASE("names with a dot, files in folders of their name, and the folders of torchvision are found", "[idx-files]") {
  const Folder folder;
  CHECK(folder.find(folder.set("dot", "", "."))[0] == folder.path("dot/train-images.idx3-ubyte"));
  const std::string plain = folder.set("plain", "");
  for (const char* name : kIdxFiles) {
    fs::create_directories(folder.path("own") + "/" + name);
    fs::copy_file(plain + "/" + name, folder.path("own") + "/" + name + "/" + name);
  }
  CHECK(folder.find(folder.path("own"))[3] == folder.path("own/t10k-labels-idx1-ubyte/t10k-labels-idx1-ubyte"));
  folder.set("tv/MNIST/raw", "");
  CHECK(folder.find(folder.path("tv"), {"raw", "MNIST/raw"})[0] == folder.path("tv/MNIST/raw/train-images-idx3-ubyte"));
  CHECK(folder.find(folder.path("tv/MNIST"), {"raw"})[0] == folder.path("tv/MNIST/raw/train-images-idx3-ubyte"));
}

TEST_CASE("plain files come before compressed ones, MNIST's names before others", "[idx-files]") {
  const Folder folder;
  const std::string both = folder.set("both", "", "-", "t10k", ".gz");
  CHECK(folder.find(both)[0] == folder.path("both/train-images-idx3-ubyte.gz"));
  folder.set("both", "");
  CHECK(folder.find(both)[0] == folder.path("both/train-images-idx3-ubyte"));
  folder.set("both", "qmnist-", "-", "test");
  CHECK(folder.find(both)[2] == folder.path("both/t10k-images-idx3-ubyte"));
  CHECK(folder.find(both + "/qmnist")[2] == folder.path("both/qmnist-test-images-idx3-ubyte"));
}

TEST_CASE("of several sets one must be chosen", "[idx-files]") {
  const Folder folder;
  const std::string emnist = folder.set("emnist", "emnist-letters-", "-", "test");
  CHECK(folder.find(emnist)[0] == folder.path("emnist/emnist-letters-train-images-idx3-ubyte"));
  folder.set("emnist", "emnist-digits-", "-", "test");
  CHECK(folder.refusal(emnist) == emnist +
                                      ": holds several sets of files: emnist-digits, emnist-letters; allowed: one of "
                                      "them, as " +
                                      emnist + "/emnist-digits");
  CHECK(folder.find(emnist + "/emnist-letters")[1] == folder.path("emnist/emnist-letters-train-labels-idx1-ubyte"));
  folder.set("tv/MNIST/raw", ""), folder.set("tv/KMNIST/raw", "");
  CHECK_THAT(folder.refusal(folder.path("tv"), {"MNIST/raw", "KMNIST/raw"}),
             Contains("holds several sets of files: MNIST/raw, KMNIST/raw; allowed: one of them, as ") &&
                 Contains("/tv/MNIST/raw"));
}

TEST_CASE("what is missing is named, and what lies elsewhere or has to be unpacked", "[idx-files]") {
  const Folder folder;
  const std::string letters = folder.set("one", "emnist-letters-", "-", "test");
  fs::remove(letters + "/emnist-letters-test-labels-idx1-ubyte");
  CHECK_THAT(folder.refusal(letters), Contains("files not found: emnist-letters-t10k-labels-idx1-ubyte (each plain"));
  fs::create_directories(folder.path("other"));
  CHECK_THAT(folder.refusal(folder.path("other")),
             Contains("files not found: train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte") &&
                 Contains("they come from SOURCE") && Contains("dataset synthetic-digits needs no files"));
  std::ofstream(folder.path("other/archive.zip")) << "PK";
  CHECK_THAT(folder.refusal(folder.path("other")), Contains("; archive.zip has to be unpacked; they come from SOURCE"));
  fs::rename(folder.path("other/archive.zip"), folder.path("other/mnist_train.csv"));
  CHECK_THAT(folder.refusal(folder.path("other")), Contains("; mnist_train.csv is in another format; they come from"));
  folder.set("other/deep/down", "");
  CHECK_THAT(folder.refusal(folder.path("other")), Contains("; such files are in " + folder.path("other/deep/down")));
  CHECK_THAT(folder.refusal(folder.path("none")), Contains("no such directory; looked in it for train-images"));
}
