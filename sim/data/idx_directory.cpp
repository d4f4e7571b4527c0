// SPDX-License-Identifier: MIT
#include "sim/data/idx_directory.hpp"

#include <algorithm>
#include <array>

#include "sim/data/foreign_file.hpp"
#include "sim/data/idx_files.hpp"
#include "sim/data/idx_format.hpp"

namespace steq {
namespace {

std::string text(const SampleShape& shape) {
  return fmt::format("{} x {} x {}", shape.channels, shape.height, shape.width);
}

/// Few channels at the end, and too many of them where they should stand.
bool looks_channels_last(const std::vector<std::size_t>& sizes) {
  const bool few = sizes.back() == 1 || sizes.back() == 3 || sizes.back() == 4;
  return sizes.size() == 4 && few && sizes[1] > 4 && sizes[2] > 4;
}

/// n, height, width, channels as n, channels, height, width.
void move_channels(IdxArray& images) {
  const std::size_t n = images.sizes[0], pixels = images.sizes[1] * images.sizes[2], channels = images.sizes[3];
  const auto moved = [&](const auto& values) {
    auto result = values;
    for (std::size_t i = 0; !values.empty() && i < n; ++i)
      for (std::size_t p = 0; p < pixels; ++p)
        for (std::size_t c = 0; c < channels; ++c)
          result[(i * channels + c) * pixels + p] = values[(i * pixels + p) * channels + c];
    return result;
  };
  images = {{n, channels, images.sizes[1], images.sizes[2]}, moved(images.bytes), moved(images.reals)};
}

IdxArray read_images(const std::string& path, const IdxRules& rules, Layout layout) {
  IdxArray images = read_idx_images(path, rules.image ? std::vector<std::size_t>{3} : std::vector<std::size_t>{3, 4});
  if (layout == Layout::automatic && looks_channels_last(images.sizes))
    throw InputError(path,
                     fmt::format("images of {} look like height x width x channels; allowed: channels x height x "
                                 "width, or data.layout=channels-last (channels-first: they are {} channels)",
                                 fmt::join(images.sizes.begin() + 1, images.sizes.end(), " x "), images.sizes[1]));
  if (layout == Layout::channels_last && images.sizes.size() == 4) move_channels(images);
  return images;
}

SampleShape shape_of(const IdxArray& images) {
  const auto& sizes = images.sizes;
  return {sizes.size() == 4 ? sizes[1] : 1, sizes[sizes.size() - 2], sizes.back()};
}

void check_shape(const std::string& path, const SampleShape& found, const SampleShape& allowed,
                 const std::string& why) {
  if (found != allowed)
    throw InputError(
        path, fmt::format("images of {} (channels x height x width); allowed: {}{}", text(found), text(allowed), why));
}

void check_labels(const std::string& path, const Dataset& data, std::size_t classes, const std::string& image_path) {
  const std::size_t images = data.visit_values([](const auto& values) { return values.size(); }) / data.image.size();
  if (images != data.size())
    throw InputError(path,
                     fmt::format("{} labels; allowed: {}, one for each image of {}", data.size(), images, image_path));
  const auto wrong = std::find_if(data.labels.begin(), data.labels.end(), [&](auto label) { return label >= classes; });
  if (wrong != data.labels.end())
    throw InputError(path, fmt::format("label {} of image {} (counted from 0); allowed: 0 to {}", *wrong,
                                       wrong - data.labels.begin(), classes - 1));
}

Dataset joined(IdxArray images, std::vector<std::uint8_t> labels) {
  return {.image = shape_of(images),
          .pixels = std::move(images.bytes),
          .labels = std::move(labels),
          .reals = std::move(images.reals)};
}

std::size_t classes_of(const std::vector<std::uint8_t>& labels, const std::string& path) {
  const std::size_t classes = 1u + *std::max_element(labels.begin(), labels.end());
  if (classes < 2) throw InputError(path, "every label is 0; allowed: labels of at least two classes");
  return classes;
}

void check(const DataSplits& splits, const IdxRules& rules) {
  const auto& files = splits.files;
  std::vector<Problem> problems;
  if (rules.image) collect(problems, [&] { check_shape(files[0], splits.train.image, *rules.image, ""); });
  const std::string why = rules.image ? "" : ", as in " + files[0];
  collect(problems, [&] { check_shape(files[2], splits.test.image, rules.image.value_or(splits.train.image), why); });
  collect(problems, [&] { check_labels(files[1], splits.train, splits.classes, files[0]); });
  collect(problems, [&] { check_labels(files[3], splits.test, splits.classes, files[2]); });
  throw_if_any(problems);
}

ParameterInfo layout_parameter() {
  return {.name = "layout",
          .kind = Kind::text,
          .fallback = Value("automatic"),
          .meaning = "order of images of 3 dimensions; automatic: channels first, and what looks otherwise is refused",
          .words = {"automatic", "channels-first", "channels-last"}};
}

Layout layout_of(const std::string& word) {
  if (word == "channels-first") return Layout::channels_first;
  return word == "channels-last" ? Layout::channels_last : Layout::automatic;
}

}  // namespace

DataSplits read_idx_directory(const std::string& directory, const IdxRules& rules, Layout layout) {
  const std::array<std::string, 4> files = find_idx_files(directory, rules.folders, rules.source);
  DataSplits splits;
  splits.files.assign(files.begin(), files.end());
  std::vector<Problem> problems;
  IdxArray train, test;
  collect(problems, [&] { train = read_images(files[0], rules, layout); });
  collect(problems, [&] { splits.train.labels = read_idx_labels(files[1]); });
  collect(problems, [&] { test = read_images(files[2], rules, layout); });
  collect(problems, [&] { splits.test.labels = read_idx_labels(files[3]); });
  throw_if_any(beside_compressed(std::move(problems)));
  splits.train = joined(std::move(train), std::move(splits.train.labels));
  splits.test = joined(std::move(test), std::move(splits.test.labels));
  splits.classes = rules.classes ? *rules.classes : classes_of(splits.train.labels, files[1]);
  check(splits, rules);
  return splits;
}

DatasetRegistry::Entry idx_dataset(PluginInfo info, IdxRules rules) {
  info.parameters = file_parameters();
  if (!rules.image) info.parameters.push_back(layout_parameter());
  return {std::move(info), [rules = std::move(rules)](const Parameters& p, std::uint64_t) {
            const Layout layout = rules.image ? Layout::automatic : layout_of(p.text("layout"));
            DataSplits splits = read_idx_directory(p.text("path"), rules, layout);
            apply_limits(splits, p);
            return splits;
          }};
}

}  // namespace steq
