// SPDX-License-Identifier: MIT
#include "experiments/weights/quantize.hpp"

#include <algorithm>
#include <filesystem>

#include "experiments/weights/chosen_tensors.hpp"
#include "experiments/weights/tensor_code.hpp"
#include "experiments/weights/tensor_layout.hpp"
#include "records/files.hpp"
#include "records/tensor_reader.hpp"

namespace steq {
namespace {

/// Makes it F32 or F64, and notes where that changes the type.
void prepare(StoredTensor& tensor, const std::string& place, std::vector<std::string>& notes) {
  if (tensor.size() == 0) throw InputError(place, "has no weights; allowed: at least 1");
  const std::string type = tensor.dtype();
  make_numbers(tensor, place);
  require_finite(tensor, place);
  if (type != tensor.dtype()) notes.push_back(fmt::format("{} was {} and becomes F32", tensor.name, type));
}

/// The tensor of that name, in the type of the weights; at least 0 throughout.
StoredTensor read_curvature(TensorReader& file, const StoredTensor& weights) {
  const auto entry = std::ranges::find(file.entries(), weights.name, &TensorEntry::name);
  const std::string place = file.path() + ": tensor " + weights.name;
  if (entry == file.entries().end()) throw InputError(place, "missing; required beside the weights of that name");
  StoredTensor curvature = file.read(*entry);
  if (curvature.shape != weights.shape)
    throw InputError(place, fmt::format("has shape [{}]; allowed: [{}], as the weights",
                                        fmt::join(curvature.shape, ", "), fmt::join(weights.shape, ", ")));
  const std::vector<double> values = values_of(std::move(curvature), place);
  if (std::ranges::all_of(values, [](double h) { return h == 0; }))
    throw InputError(place, "is 0 throughout, so that no weight counts; allowed: at least one number above 0");
  StoredTensor same{weights.name, weights.shape, values};
  if (weights.dtype() != "F64") same.data = std::vector<float>(values.begin(), values.end());
  require_finite(same, place, 0);
  return same;
}

/// Nothing where none is wanted, or gnuplot is not installed.
std::optional<std::string> picture_of(const QuantizeOptions& options, const std::vector<LevelPanel>& panels,
                                      std::vector<std::string>& notes) {
  if (options.figure.empty()) return std::nullopt;
  std::optional<std::string> picture = draw_levels(panels);
  if (!picture) notes.push_back("no figure: gnuplot is not installed");
  if (picture && panels.size() > kMostLevelPanels)
    notes.push_back(
        fmt::format("{} shows the first {} of {} tensors", options.figure, kMostLevelPanels, panels.size()));
  return picture;
}

/// What is written must not take the place of what is read or written beside it.
void require_files(const QuantizeOptions& options) {
  const auto same = [](const std::string& a, const std::string& b) {
    return !a.empty() && !b.empty() && behind_links(a).lexically_normal() == behind_links(b).lexically_normal();
  };
  if (!options.out.empty()) require_free(options.out, options.force);
  if (!options.figure.empty()) require_free(options.figure, options.force, "--figure");
  for (const std::string* other : {&options.file, &options.out, &options.curvature})
    if (same(options.figure, *other))
      throw InputError("--figure", fmt::format("{} is a file of weights; allowed: a file of its own", options.figure));
  if (same(options.out, options.curvature))
    throw InputError("--out", fmt::format("{} is that of --curvature; allowed: a file of its own", options.out));
  std::error_code error;
  if (!options.curvature.empty() && !std::filesystem::is_regular_file(options.curvature, error))
    throw InputError("--curvature", fmt::format("{}: no such file; allowed: a safetensors file", options.curvature));
}

std::unique_ptr<Coding> coding_of(const QuantizeOptions& options) {
  std::unique_ptr<Coding> coding = make_coding(parse_spec(options.quantizer, "--quantizer"), "--quantizer");
  if (!options.curvature.empty() && !coding->weighs())
    throw InputError("--curvature", fmt::format("{} does not look at it; allowed with: {}", options.quantizer,
                                                join(weighing_names())));
  return coding;
}

/// Codes tensor after tensor, in their places.
std::vector<LevelPanel> code_all(const QuantizeOptions& options, const TensorFile& file,
                                 const std::vector<StoredTensor*>& tensors, const Coding& coding, Progress& progress,
                                 QuantizedFile& quantized) {
  std::optional<TensorReader> curvatures;
  if (!options.curvature.empty()) curvatures.emplace(options.curvature);
  std::vector<LevelPanel> panels;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    StoredTensor& tensor = *tensors[i];
    const std::string place = options.file + ": tensor " + tensor.name;
    prepare(tensor, place, quantized.notes);
    if (coding.by_rows() && tensor.shape.size() > 1) check_layout(tensor, file, place);
    std::optional<StoredTensor> curvature;
    if (curvatures) curvature = read_curvature(*curvatures, tensor);
    const CodingJob job{options.seed, static_cast<std::uint32_t>(i), options.threads};
    TensorCode code = code_tensor(tensor, curvature ? &*curvature : nullptr, coding, job, place);
    quantized.tensors.push_back(std::move(code.facts));
    panels.push_back(std::move(code.panel));
    progress.show(i + 1, tensor.name);
  }
  return panels;
}

}  // namespace

QuantizedFile quantize_file(const QuantizeOptions& options, const ProgressScreen& screen) {
  require_files(options);
  const std::unique_ptr<Coding> coding = coding_of(options);
  TensorFile file = read_safetensors(options.file);
  QuantizedFile quantized{.tensors = Json::array(), .notes = {}};
  const std::vector<StoredTensor*> tensors = chosen_tensors(file, options.file, options.tensors, quantized.notes);
  Progress progress("quantize", tensors.size(), counted(tensors.size(), "tensor"), screen);
  const std::vector<LevelPanel> panels = code_all(options, file, tensors, *coding, progress, quantized);
  const std::optional<std::string> picture = picture_of(options, panels, quantized.notes);
  if (!options.out.empty()) write_safetensors(options.out, file);
  if (picture) write_file_atomically(options.figure, *picture);
  return quantized;
}

}  // namespace steq
