// SPDX-License-Identifier: MIT
// Published claims as studies hold them: expectations that name one.
#pragma once

#include "experiments/studies/study_config.hpp"
#include "plots/tables/table.hpp"

namespace steq {

/// Whether some expectation of the study, a document of "kind": "study", names a claim. Such studies make up `steq
/// reproduce claims`, and no part of `all`.
bool has_claims(const Json& document);

/// For each expectation of study.json that names a claim {"id", "claim", "source", "demanded", "measured": {"median",
/// "low", "high", "seeds"}, "verdict"}: "holds" or "fails" by the median, or "below noise" where what is demanded of a
/// difference is less than the range over seeds; null in place of a measurement that is undefined.
Json claims_of(const Json& study);

/// Of the entries of several studies.
Table claims_table(const Json& claims);

}  // namespace steq
