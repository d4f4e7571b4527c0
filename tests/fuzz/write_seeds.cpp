// SPDX-License-Identifier: MIT
// write_seeds DIRECTORY: small good inputs for every target, DIRECTORY/TARGET/*, by steq's own writers.
#include <zlib.h>

#include "experiments/config/presets.hpp"
#include "records/checkpoint.hpp"
#include "records/log_file.hpp"
#include "records/safetensors.hpp"
#include "sim/core/archive.hpp"
#include "sim/estimators/estimator.hpp"
#include "sim/optimizers/optimizer.hpp"
#include "sim/quantizers/quantizer.hpp"

using namespace steq;
namespace fs = std::filesystem;

namespace {

class Seeds {
 public:
  explicit Seeds(fs::path directory) : directory_(std::move(directory)) {}

  std::string path(const std::string& target, const std::string& name) const {
    fs::create_directories(directory_ / target);
    return (directory_ / target / name).string();
  }

  /// The bytes as they are, or compressed.
  void write(const std::string& target, const std::string& name, const std::string& bytes,
             bool compress = false) const {
    const gzFile file = gzopen(path(target, name).c_str(), compress ? "wb" : "wbT");
    gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(file);
  }

 private:
  fs::path directory_;
};

template <class Signature>
void write_examples(const Seeds& seeds, const Registry<Signature>& registry) {
  for (const auto& entry : registry.entries()) {
    Spec spec = example_of(entry.info);
    for (const ParameterInfo& parameter : entry.info.parameters)
      if (parameter.fallback) spec.values.emplace(parameter.name, *parameter.fallback);
    seeds.write("spec", registry.kind() + "-" + spec.name, to_text(spec));
  }
}

void write_texts(const Seeds& seeds) {
  for (const Preset& preset : presets()) seeds.write("config", preset.name, preset.text);
  write_examples(seeds, estimator_registry());
  write_examples(seeds, quantizer_registry());
  write_examples(seeds, optimizer_registry());
  int number = 0;
  for (const char* formula : {"1+0.5*cos(2*pi*u)", "max(0.2,1-u*u)", "abs(u)<0.25 ? 2 : 0", "sqrt(abs(u))", "e^-u",
                              "1.5-abs(w)/W", "1+0.2*g*(u-(u<0?-0.5:0.5))", "max(delta, w*w)"})
    seeds.write("formula", std::to_string(number++), formula);
}

void write_data(const Seeds& seeds) {
  const std::string labels("\0\0\x08\x01\0\0\0\x03\1\2\3", 11);
  const std::string images = std::string("\0\0\x08\x03\0\0\0\2\0\0\0\2\0\0\0\1", 16) + "abcd";
  const std::string record = '\3' + std::string(3072, 'p');
  for (const bool compress : {false, true}) {
    const std::string ending = compress ? ".gz" : "";
    seeds.write("idx", "labels" + ending, labels, compress);
    seeds.write("idx", "images" + ending, images, compress);
    seeds.write("cifar", "batch" + ending, record + record, compress);
  }
  write_safetensors(seeds.path("safetensors", "two"), {.tensors = {{"w", {2, 2}, std::vector<float>{1, 2, 3, 4}},
                                                                   {"b", {1}, std::vector<double>{5}},
                                                                   {"n", {}, RawNumbers{"I64", "12345678"}}},
                                                       .metadata = {{"made", "by steq"}}});
}

void write_logs(const std::string& path) {
  LogWriter logs(path);
  ChangePointLog log({0, 3, 1});
  log.append({2, 1, 2});
  logs.write_change_points("a", "w", log);
  logs.write_grid("a", "w", {.levels = {-1, 0, 1, 2}, .thresholds = {-0.5, 0.5, 1.5}, .range = 2, .delta = 1});
  logs.write_path_length("a", "w", 0.5);
  logs.write_batch_loss("a", std::vector<double>{2, 1});
  logs.append_latent("a", "w", std::vector<float>{0.5F, 1, 2});
  logs.append_latent_step("a", 0);
  logs.close();
}

void write_runs(const Seeds& seeds) {
  write_logs(seeds.path("logs", "small"));
  seeds.write("stored_run", "summary",
              '\0' + std::string(R"({"name": "r", "steps": 3, "learners": {"b": {"tensors": {"w": {}}}, "a": {}}})"));
  seeds.write("stored_run", "pairs",
              '\0' + std::string(R"({"comparisons": [{"a": "a", "b": "b", "kind": "jitter", "map": "identity"}]})"));
  seeds.write("stored_run", "manifest", std::string("\2{\"schema\": 1, \"results\": []}"));
  seeds.write("stored_run", "history",
              "\3{\"learner\":\"a\",\"epoch\":1,\"train_loss\":0.5}\n{\"learner\":\"b\",\"test_loss\":\"NaN\"}\n");
  const fs::path folder = fs::path(seeds.path("checkpoint", "checkpoint")).parent_path();
  Archive state;
  std::string text = "ab";
  Step step = 3;
  std::vector<double> values{1, 2};
  state(step, text, values);
  write_checkpoint(folder, {.about = {{"step", 3}}, .state = state.bytes()});
  seeds.write("checkpoint", "state", state.bytes());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 1;
  const Seeds seeds(argv[1]);
  write_texts(seeds);
  write_data(seeds);
  write_runs(seeds);
}
