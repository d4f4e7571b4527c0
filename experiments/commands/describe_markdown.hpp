// SPDX-License-Identifier: MIT
// The pages of docs/estimators, written from what an estimator declares and from what theory makes of it.
#pragma once

#include "sim/estimators/estimator.hpp"

namespace steq {

/// One page in Markdown, with its figure's name (NAME.svg) in place of the figure.
std::string markdown_page(const EstimatorRegistry::Entry& entry);

/// A table of all of them, with links to their pages.
std::string markdown_index();

/// For users of other libraries: what to write here, by library.
std::string markdown_other_libraries();

}  // namespace steq
