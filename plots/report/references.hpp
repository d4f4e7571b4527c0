// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace steq {

/// The BibTeX entries of references.bib whose eprint or doi one of the citations names ("Kingma, Ba, arXiv:1412.6980"),
/// in the order of that file; the first two are always there: the paper, and steq.
std::string bibtex(const std::vector<std::string>& citations);

/// Entry by entry; the version of steq is filled in.
std::vector<std::string> bibtex_entries();

/// True where the entry is that of a work that the citation names.
bool names(const std::string& citation, const std::string& entry);

}  // namespace steq
