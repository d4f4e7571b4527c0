// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "tiny.hpp"

using namespace steq;
namespace fs = std::filesystem;
using testing::Playground;
using testing::tiny;
using testing::write_digits;

namespace {

/// The tiny experiment on 60 train and 30 test images in the folder "data".
class WithFiles : public Playground {
 public:
  WithFiles() {
    write_digits(*this, "data", 60, 30);
    Json config = tiny();
    config["data"] = {{"dataset", "mnist"}, {"path", "data"}};
    write_json("c.json", config);
  }
  void refused(int code, const std::vector<std::string>& problems) const {
    Playground::refused({"run", "c.json"}, code, problems);
  }
  void change(const std::string& name, const std::function<void(std::string&)>& change) const {
    std::string bytes = read("data/" + name);
    change(bytes);
    write("data/" + name, bytes);
  }
};

}  // namespace

TEST_CASE("the data themselves are good", "[program]") {
  const WithFiles playground;
  playground.good({"run", "c.json", "--out", "run"});
  const Json files = playground.json("run/manifest.json")["data"];
  REQUIRE(files.size() == 4);
  CHECK(files[0]["file"] == "data/train-images-idx3-ubyte");
  CHECK(files[0]["bytes"] == 16 + 60 * 784);
}

TEST_CASE("missing data are told by name", "[program]") {
  const WithFiles playground;
  fs::remove(playground.path() / "data" / "t10k-labels-idx1-ubyte");
  playground.refused(2, {"data: files not found: t10k-labels-idx1-ubyte (each plain or with .gz)"});
  fs::remove_all(playground.path() / "data");
  playground.refused(2, {"data: no such directory; looked in it for train-images-idx3-ubyte, train-labels-idx1-ubyte"});
  playground.write("data", "no directory");
  playground.refused(2, {"data: not a directory; looked in it for train-images-idx3-ubyte"});
  playground.Playground::refused({"run", "c.json", "--set", "data.path="}, 2,
                                 {"c.json: data.path: \"\" is not allowed; allowed: the directory of the data files"});
  playground.Playground::refused({"run", "mnist-sgd"}, 2, {"mnist-sgd: data.path: missing; required is a path"});
}

TEST_CASE("damaged data are told all at once", "[program]") {
  const WithFiles playground;
  playground.change("train-images-idx3-ubyte", [](std::string& bytes) { bytes.pop_back(); });
  playground.change("train-labels-idx1-ubyte", [](std::string& bytes) { bytes[3] = 3; });
  playground.change("t10k-images-idx3-ubyte", [](std::string& bytes) { bytes.resize(10); });
  playground.change("t10k-labels-idx1-ubyte", [](std::string& bytes) { bytes += 'x'; });
  playground.refused(2, {"data/train-images-idx3-ubyte: truncated: header promises 47056 bytes, file has 47055",
                         "data/train-labels-idx1-ubyte: magic number 0x00000803; allowed: an IDX file with the magic "
                         "number 0x00000801 (labels)",
                         "data/t10k-images-idx3-ubyte: truncated: an IDX header takes 16 bytes, file has 10",
                         "data/t10k-labels-idx1-ubyte: too long: header promises 38 bytes, file has 39"});
}

TEST_CASE("labels out of range and numbers that differ are told", "[program]") {
  const WithFiles playground;
  playground.change("train-labels-idx1-ubyte", [](std::string& bytes) { bytes[8 + 17] = 10; });
  playground.refused(2, {"data/train-labels-idx1-ubyte: label 10 of image 17 (counted from 0); allowed: 0 to 9"});
  playground.write("data/train-labels-idx1-ubyte", testing::text(test::idx_bytes({2}, {1, 2})));
  playground.refused(2,
                     {"data/train-labels-idx1-ubyte: 2 labels; allowed: 60, one for each image of data/train-images"});
}

TEST_CASE("a compressed file that breaks off is refused", "[program]") {
  const WithFiles playground;
  const std::string plain = playground.read("data/train-images-idx3-ubyte");
  fs::remove(playground.path() / "data" / "train-images-idx3-ubyte");
  const test::TemporaryDirectory elsewhere;
  const std::string gz = elsewhere.write("x.gz", test::Bytes(plain.begin(), plain.end()));
  playground.write("data/train-images-idx3-ubyte.gz", testing::get(gz).substr(0, 500));
  playground.refused(2, {"data/train-images-idx3-ubyte.gz: truncated: the gzip stream breaks off after "});
}
