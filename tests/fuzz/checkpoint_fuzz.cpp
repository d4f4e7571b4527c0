// SPDX-License-Identifier: MIT
// A checkpoint file as it lies on the disk, and the state in it, whose digest an attacker could have made anew.
#include "records/checkpoint.hpp"
#include "sim/core/archive.hpp"
#include "sim/processes/change_points.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace steq;

namespace {

/// Members of every kind that an archive knows.
struct State {
  struct Inner {
    std::vector<double> values;
    std::vector<std::vector<int>> nested;
    void archive(Archive& a) { a(values, nested); }
  };

  void archive(Archive& a) { a(step, text, inners, log, buffer); }

  Step step = 0;
  std::string text;
  std::vector<Inner> inners;
  ChangePointLog log{{0, 1, 2}};
  Buffer<float> buffer{4};
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = fuzz::text(data, size);
  fuzz::folder().write("checkpoint", input);
  fuzz::accept_or_refuse([&] { find_checkpoint(fuzz::folder().path()); });
  fuzz::accept_or_refuse([&] {
    State state;
    Archive reader{std::string(input)};
    reader(state);
    reader.finish();
    Archive writer;
    writer(state);
    fuzz::require(writer.bytes() == input);
  });
  return 0;
}
