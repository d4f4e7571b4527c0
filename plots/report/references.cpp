// SPDX-License-Identifier: MIT
#include "plots/report/references.hpp"

#include <algorithm>

#include "plots/report/assets.hpp"
#include "plots/report/html.hpp"

namespace steq {
namespace {

/// The value of a top-level line "KEY: VALUE" of CITATION.cff.
std::string cited(const std::string& key) {
  const std::string text = "\n" + std::string(asset("CITATION.cff")), start = "\n" + key + ": ";
  const std::size_t begin = text.find(start) + start.size();
  std::string value = text.substr(begin, text.find('\n', begin) - begin);
  std::erase(value, '"');
  return value;
}

/// What stands in the braces of a field; empty where there is none.
std::string field(const std::string& entry, const std::string& name) {
  const std::size_t line = entry.find("\n  " + name + " ");
  if (line == std::string::npos) return "";
  const std::size_t begin = entry.find('{', line) + 1;
  return entry.substr(begin, entry.find('}', begin) - begin);
}

}  // namespace

std::vector<std::string> bibtex_entries() {
  const std::string text = filled(asset("references.bib"), {{"title", cited("title")}, {"version", cited("version")}});
  std::vector<std::string> entries;
  for (std::size_t begin = text.find('@'); begin != std::string::npos;) {
    const std::size_t next = text.find("\n@", begin);
    entries.push_back(text.substr(begin, text.rfind("\n}", next) + 3 - begin));
    begin = next == std::string::npos ? next : next + 1;
  }
  return entries;
}

bool names(const std::string& citation, const std::string& entry) {
  const std::string eprint = field(entry, "eprint"), doi = field(entry, "doi");
  return (!eprint.empty() && citation.find("arXiv:" + eprint) != std::string::npos) ||
         (!doi.empty() && citation.find("doi:" + doi) != std::string::npos);
}

std::string bibtex(const std::vector<std::string>& citations) {
  std::string text;
  const std::vector<std::string> entries = bibtex_entries();
  for (std::size_t e = 0; e < entries.size(); ++e) {
    const auto used = [&](const std::string& citation) { return names(citation, entries[e]); };
    if (e < 2 || std::ranges::any_of(citations, used)) text += (text.empty() ? "" : "\n") + entries[e];
  }
  return text;
}

}  // namespace steq
