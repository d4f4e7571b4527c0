// SPDX-License-Identifier: MIT
#include "sim/data/cifar_format.hpp"

#include <algorithm>

#include "sim/data/byte_reader.hpp"
#include "sim/data/data_files.hpp"
#include "sim/data/foreign_file.hpp"

namespace steq {
namespace {

constexpr SampleShape kImage{3, 32, 32};

/// One file, read into a split.
class CifarFile {
 public:
  CifarFile(const std::string& path, const CifarRules& rules, Dataset& data)
      : reader_(path), rules_(rules), data_(data), record_(rules.label_bytes + kImage.size()) {}

  void read() {
    std::size_t images = 0, got = 0;
    for (; (got = reader_.read(record_)) == record_.size(); ++images) append(images);
    if (got > 0 || images == 0) refuse_size(got);
  }

 private:
  void append(std::size_t index) {
    const std::uint8_t label = record_[rules_.label];
    if (label >= rules_.classes) {
      const std::string other = index == 0 ? recognized(std::span(record_).first(kRecognizable)) : "";
      throw InputError(reader_.path(), !other.empty()
                                           ? other
                                           : fmt::format("label {} of image {} (counted from 0); allowed: 0 to {}",
                                                         label, index, rules_.classes - 1));
    }
    data_.labels.push_back(label);
    data_.pixels.insert(data_.pixels.end(), record_.begin() + static_cast<std::ptrdiff_t>(rules_.label_bytes),
                        record_.end());
  }

  void refuse_size(std::size_t got) const {
    const bool only = reader_.position() < record_.size();
    const std::string other = only ? recognized(std::span(record_).first(std::min(got, kRecognizable))) : "";
    throw InputError(
        reader_.path(),
        fmt::format("{}; allowed: a positive multiple of {}, {} and {} pixels for each image",
                    other.empty() ? fmt::format("{} bytes", reader_.position()) : other, record_.size(),
                    rules_.label_bytes == 1 ? "1 label" : fmt::format("{} labels", rules_.label_bytes), kImage.size()));
  }

  ByteReader reader_;
  const CifarRules& rules_;
  Dataset& data_;
  std::vector<std::uint8_t> record_;
};

/// The paths of the names that are there; the others are added to `missing`.
std::vector<std::string> found(const std::string& directory, const std::vector<std::string>& names,
                               std::vector<std::string>& missing) {
  std::vector<std::string> paths;
  for (const std::string& name : names)
    if (auto path = find_file(directory, name))
      paths.push_back(*path);
    else
      missing.push_back(name);
  return paths;
}

/// What the Python version in the directory means for the message; empty without it.
std::string python_hint(const std::string& directory, const CifarRules& rules) {
  const bool there = std::ranges::any_of(
      rules.python, [&](const std::string& name) { return find_file(directory, name).has_value(); });
  if (!there) return "";
  return fmt::format("; the files there are the Python version, pickles, and what is read is the binary version, {}",
                     rules.archive);
}

struct CifarFiles {
  std::vector<std::string> train, test, missing_train;
};

CifarFiles find_files(const std::string& path, const CifarRules& rules) {
  std::vector<std::string> names = rules.train, missing;
  names.insert(names.end(), rules.test.begin(), rules.test.end());
  const std::string directory = find_place(path, {rules.folder}, names);
  CifarFiles files;
  files.train = found(directory, rules.train, files.missing_train);
  files.test = found(directory, rules.test, missing);
  if (files.train.empty())
    missing.insert(missing.begin(), rules.train.size() == 1 ? rules.train.front()
                                                            : fmt::format("{} to {} (at least one of them)",
                                                                          rules.train.front(), rules.train.back()));
  if (missing.empty()) return files;
  const FileSource source{
      fmt::format("they come from the CIFAR page, cs.toronto.edu/~kriz/cifar.html, binary version ({})", rules.archive),
      [&](const std::string& name) { return std::ranges::find(names, name) != names.end(); }};
  throw missing_files(directory, join(missing) + python_hint(path, rules), source);
}

}  // namespace

DataSplits read_cifar(const std::string& directory, const CifarRules& rules) {
  const CifarFiles files = find_files(directory, rules);
  DataSplits splits{.train = {.image = kImage, .pixels = {}, .labels = {}},
                    .test = {.image = kImage, .pixels = {}, .labels = {}},
                    .classes = rules.classes,
                    .files = files.train};
  splits.files.insert(splits.files.end(), files.test.begin(), files.test.end());
  std::vector<Problem> problems;
  for (const std::string& path : files.train) collect(problems, [&] { CifarFile(path, rules, splits.train).read(); });
  for (const std::string& path : files.test) collect(problems, [&] { CifarFile(path, rules, splits.test).read(); });
  throw_if_any(beside_compressed(std::move(problems)));
  if (!files.missing_train.empty())
    splits.remarks.push_back(fmt::format("{} of {} train files are there; missing: {}", files.train.size(),
                                         rules.train.size(), join(files.missing_train)));
  return splits;
}

}  // namespace steq
