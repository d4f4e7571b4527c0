// SPDX-License-Identifier: MIT
// A run directory so small that everything in it can be followed by eye.
#pragma once

#include "plots/report/reported_run.hpp"
#include "records/log_file.hpp"
#include "tests/experiments/temporary_directory.hpp"

namespace steq::testing {

/// Four weights of one tensor on levels -1, 0, 1, six steps. Weight 0 flips to 1 at step 2 in a and step 3 in b; weight
/// 1 changes three times, in a alone; weights 2 and 3 never change. b is named so that it has to be escaped.
class SmallRun {
 public:
  static constexpr const char* kOther = "b\"<script>&";

  explicit SmallRun(bool with_summary = true) {
    LogWriter writer(directory_.file("logs.h5"));
    write_learner(writer, "a", {{1, 1, 2}, {0, 2, 2}, {1, 4, 1}, {1, 5, 2}}, {2, 1, 1, 1, 1, 1});
    write_learner(writer, kOther, {{0, 3, 2}}, {2, 2, 2, 2, 2, 2});
    writer.close();
    if (with_summary) put(directory_.path() / "summary.json", summary().dump());
  }

  const std::filesystem::path& path() const { return directory_.path(); }

  static Json summary() {
    const auto comparison = [](const char* b, const char* kind, double agreement) {
      return Json{
          {"a", "a"},
          {"b", b},
          {"map", "identity"},
          {"kind", kind},
          {"metrics",
           {{"quantized_weight_agreement", agreement},
            {"weight_alignment_error", nullptr},
            {"changed_weight_share", 0.5}}},
          {"first_divergence", {{"step", 1}, {"tensor", "t.weight"}, {"weight", 1}, {"level_a", 2}, {"level_b", 1}}}};
    };
    return {{"schema", 1},
            {"name", "small</script>"},
            {"status", "complete"},
            {"steps", 6},
            {"learners", {{"a", {{"test_accuracy", 0.5}}}, {kOther, {{"test_accuracy", 0.25}}}}},
            {"comparisons", {comparison(kOther, "equivalent", 0.75), comparison(kOther, "jitter", 0.5)}}};
  }

 private:
  static void write_learner(LogWriter& writer, const std::string& name, const std::vector<ChangePoint>& changes,
                            const std::vector<double>& losses) {
    ChangePointLog log({1, 1, 0, 2});
    for (const ChangePoint& change : changes) log.append(change);
    writer.write_change_points(name, "t.weight", log);
    writer.write_grid(name, "t.weight", {.levels = {-1, 0, 1}, .thresholds = {-0.5, 0.5}, .range = 1, .delta = 1});
    writer.write_batch_loss(name, losses);
  }

  TemporaryDirectory directory_;
};

/// The numbers that packed() put into a text; written for clarity, not for speed.
template <class T>
std::vector<T> unpacked(const std::string& text) {
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bits, bytes;
  for (const char c : text)
    if (c != '=')
      for (int bit = 5; bit >= 0; --bit) bits += (letters.find(c) >> bit) & 1 ? '1' : '0';
  for (std::size_t i = 0; i + 8 <= bits.size(); i += 8)
    bytes += static_cast<char>(std::stoi(bits.substr(i, 8), nullptr, 2));
  std::vector<T> numbers(bytes.size() / sizeof(T));
  std::copy_n(bytes.data(), numbers.size() * sizeof(T), reinterpret_cast<char*>(numbers.data()));
  return numbers;
}

}  // namespace steq::testing
