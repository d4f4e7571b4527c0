// SPDX-License-Identifier: MIT
#include "plots/report/references.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/data/dataset.hpp"
#include "sim/estimators/estimator.hpp"
#include "sim/models/model.hpp"
#include "sim/optimizers/optimizer.hpp"
#include "sim/optimizers/schedule.hpp"

using namespace steq;
using Catch::Contains;

namespace {

/// Those of a registry that name a work by its number.
template <class Registry>
std::vector<std::string> citations(const Registry& registry) {
  std::vector<std::string> found;
  for (const auto& entry : registry.entries())
    if (const std::string& c = entry.info.citation; c.find("arXiv:") + 1 || c.find("doi:") + 1) found.push_back(c);
  return found;
}

void check_all(const std::vector<std::string>& citations) {
  const auto entries = bibtex_entries();
  REQUIRE_FALSE(citations.empty());
  for (const std::string& citation : citations) {
    CAPTURE(citation);
    CHECK(std::ranges::any_of(entries, [&](const std::string& entry) { return names(citation, entry); }));
  }
}

}  // namespace

TEST_CASE("every work that a plug-in cites by number has a BibTeX entry") {
  check_all(citations(estimator_registry()));
  check_all(citations(quantizer_registry()));
  check_all(citations(optimizer_registry()));
  check_all(citations(schedule_registry()));
  check_all(citations(model_registry()));
  check_all(citations(dataset_registry()));
}

TEST_CASE("the paper and steq are always cited, others where they are used") {
  const std::string none = bibtex({});
  CHECK_THAT(none, Catch::StartsWith("@article{schoenbauer2024custom,") && Contains("@software{steq,"));
  CHECK_THAT(none, Contains("version = { 0.1.0 }") && Contains("steq: lockstep simulation"));
  CHECK_THAT(none, !Contains("kingma"));
  const std::string adam = bibtex({"Kingma, Ba, arXiv:1412.6980, algorithm 1"});
  CHECK_THAT(adam, Contains("@inproceedings{kingma2015adam,") && !Contains("gong2019"));
  CHECK(std::ranges::count(adam, '{') == std::ranges::count(adam, '}'));
}
