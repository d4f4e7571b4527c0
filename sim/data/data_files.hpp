// SPDX-License-Identifier: MIT
// Finding the files of a dataset in the usual shapes of downloads, and gathering everything that is wrong with them.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/core/parameters.hpp"

namespace steq {

/// The declaration of `path`, the directory that holds the files, shared by the datasets that have files.
ParameterInfo path_parameter();

/// The parameters of a dataset that is nothing but files: path, train_limit, test_limit.
std::vector<ParameterInfo> file_parameters();

/// DIRECTORY/NAME, else DIRECTORY/NAME.gz, else the same in a folder DIRECTORY/NAME, else nothing. Throws IoError where
/// the system refuses to look.
std::optional<std::string> find_file(const std::string& directory, const std::string& name);

/// DIRECTORY, or the first of its `folders` ("cifar-10-batches-bin"), in which find_file() finds one of the names;
/// DIRECTORY too where none has any.
std::string find_place(const std::string& directory, const std::vector<std::string>& folders,
                       const std::vector<std::string>& names);

/// Names in a directory, sorted; empty where there is no such directory. Throws IoError where the system refuses.
std::vector<std::string> names_in(const std::filesystem::path& directory);

/// Where users get files, and which of them say that a directory holds the dataset.
struct FileSource {
  std::string clause;                                  ///< "they come from ..."
  std::function<bool(const std::string& name)> holds;  ///< whether a file of that name is one of the dataset
};

/// The error that says which files are `missing`, in words, and what is there in their place: the same files further
/// below, or an archive that is not unpacked.
InputError missing_files(const std::string& directory, const std::string& missing, const FileSource& source);

/// The problems, each of a plain file with what to do where NAME.gz lies beside it.
std::vector<Problem> beside_compressed(std::vector<Problem> problems);

}  // namespace steq
